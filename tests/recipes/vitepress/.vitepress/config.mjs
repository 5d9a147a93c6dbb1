export default {
  base: '/vitepress/',
  title: 'A site of VitePress',
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === 'asyncio-playground' } } },
  head: [
    ['link', { rel: 'icon', href: 'data:,' }],
    ['link', { rel: 'asyncio-snippets', href: '/asyncio-snippets/manifest.json' }],
    ['script', { type: 'module', src: '/asyncio/embed/asyncio-playground.js' }],
  ],
};
