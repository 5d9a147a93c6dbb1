/** Files of the repository that are pages of the guide as well. */
const pages = new Map([
  ['../web/package/README.md', './package.md'],
  ['../../docs/embedding.md', './embedding.md'],
  ['../../docs/recipes.md', './recipes.md'],
]);

/**
 * What is included lies elsewhere than the page, and so do its links.
 * @param {import('vitepress').MarkdownRenderer} markdown
 */
export function repositoryLinks(markdown) {
  const normalize = markdown.normalizeLink;
  markdown.normalizeLink = (url) => normalize(pages.get(url) ?? url);
}
