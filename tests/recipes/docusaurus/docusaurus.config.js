export default {
  title: 'A site of Docusaurus',
  url: 'https://docs.example',
  baseUrl: '/docusaurus/',
  headTags: [
    { tagName: 'link', attributes: { rel: 'icon', href: 'data:,' } },
    { tagName: 'link', attributes: { rel: 'asyncio-snippets', href: '/asyncio-snippets/manifest.json' } },
  ],
  scripts: [{ src: '/asyncio/embed/asyncio-playground.js', type: 'module' }],
  themes: ['@docusaurus/theme-classic'],
  plugins: [['@docusaurus/plugin-content-docs', { routeBasePath: '/', sidebarPath: false }]],
};
