/** Files of the repository that are also pages of the guide. */
const pages = new Map([
  ['../web/package/README.md', './package.md'],
  ['../../docs/embedding.md', './embedding.md'],
  ['../../docs/recipes.md', './recipes.md'],
]);

/**
 * An included file lies in another folder than the page, so its relative links are mapped.
 * @param {import('vitepress').MarkdownRenderer} markdown
 */
export function repositoryLinks(markdown) {
  const normalize = markdown.normalizeLink;
  markdown.normalizeLink = (url) => normalize(pages.get(url) ?? url);
}
