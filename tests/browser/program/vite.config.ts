import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';
import { bundledScript } from '../../../web/build/vite/bundled-script.ts';
import { publishedLater } from '../../../web/build/vite/published-later.ts';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

export default defineConfig({
  root: path('.'),
  base: './',
  publicDir: false,
  plugins: [bundledScript(), publishedLater()],
  build: { emptyOutDir: true, target: 'es2023', assetsInlineLimit: 0 },
});
