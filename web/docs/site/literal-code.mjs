/**
 * A plugin for markdown-it: braces in `code` are C++, not a Vue expression. An indented code block scrolls on its own,
 * also by keyboard.
 * @param {import('vitepress').MarkdownRenderer} markdown
 */
export function literalCode(markdown) {
  const code = markdown.renderer.rules.code_inline;
  if (code === undefined) throw new Error('markdown-it has no rule for code');
  markdown.renderer.rules.code_inline = (tokens, index, options, env, self) => {
    tokens[index]?.attrSet('v-pre', '');
    return code(tokens, index, options, env, self);
  };
  markdown.renderer.rules.code_block = (tokens, index) =>
    `<pre class="plain" tabindex="0" v-pre><code>${markdown.utils.escapeHtml(tokens[index]?.content ?? '')}</code></pre>\n`;
}
