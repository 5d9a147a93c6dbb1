import { describe, expect, test } from '@jest/globals';
import { snippetsInHtml, snippetsInMarkdown } from './find-snippets.mjs';

describe('in HTML', () => {
  test('an element has its own text, or that of what it wraps', () => {
    const html = `<!doctype html>
<h1>Title</h1>
<asyncio-playground lines="a > b">int a &lt; 1;</asyncio-playground>
<asyncio-playground><pre><code>
<span>#include</span> &lt;asyncio.hpp&gt;
</code></pre></asyncio-playground>
<asyncio-playground><script type="text/plain">#include <print></script></asyncio-playground>
<asyncio-playground>
<pre>
int after_a_line;
</pre></asyncio-playground>`;
    expect(snippetsInHtml(html)).toMatchObject([
      { line: 3, textLine: 3, text: 'int a < 1;' },
      { line: 4, textLine: 4, text: '\n#include <asyncio.hpp>\n' },
      { line: 7, textLine: 7, text: '#include <print>' },
      { line: 8, textLine: 8, text: '\nint after_a_line;\n' },
    ]);
  });

  test('an element may name where its text is', () => {
    const html = '<asyncio-playground src="a/b.cpp"></asyncio-playground><pre id="x">int x;</pre><asyncio-playground for="#x" threads></asyncio-playground>';
    expect(snippetsInHtml(html)).toMatchObject([{ src: 'a/b.cpp', threads: false, text: undefined }, { text: 'int x;', threads: true, textLine: 1 }]);
  });

  test.each([
    ['#y', 'there is no element #y in the page'],
    ['main pre', 'its “for” is not an #id, the only selector supported here'],
  ])('what cannot be found is told: for="%s"', (selector, problem) => {
    expect(snippetsInHtml(`<asyncio-playground for="${selector}"></asyncio-playground>`)).toMatchObject([{ text: undefined, problem }]);
  });

  test('a comment is no element', () => {
    expect(snippetsInHtml('<!-- <asyncio-playground>int x;</asyncio-playground> -->')).toEqual([]);
  });
});

describe('in Markdown', () => {
  test('an element has the code block between its tags, or its own text', () => {
    const markdown = `# Title

<asyncio-playground
  expected="a > b">

  \`\`\`cpp
  std::vector<int> a;
    int b;
  \`\`\`

</asyncio-playground>

<asyncio-playground>int c &lt; 1;</asyncio-playground>
<asyncio-playground src="d.cpp"></asyncio-playground>
`;
    expect(snippetsInMarkdown(markdown)).toMatchObject([
      { line: 3, textLine: 7, text: 'std::vector<int> a;\n  int b;\n' },
      { line: 13, textLine: 13, text: 'int c < 1;' },
      { line: 14, src: 'd.cpp' },
    ]);
  });

  test('an element in a code block is an example of HTML', () => {
    const markdown = '```html\n<asyncio-playground>int a;</asyncio-playground>\n```\n\n~~~~\n<asyncio-playground>int b;\n</asyncio-playground>\n~~~~\n';
    expect(snippetsInMarkdown(markdown)).toEqual([]);
  });

  test('an element of another name is another', () => {
    expect(snippetsInMarkdown('<asyncio-playgrounds>x</asyncio-playgrounds>')).toEqual([]);
  });
});
