// Package web holds the pages of codesign that need scripts: their sources in TypeScript, and what `make web` has built from them.
//
//	src/<page>/main.ts   where a page's script begins; it imports its style
//	src/shared/          what pages have in common
//	browser/             tests of the built pages in Chromium
//	dist/                the built <page>.js and <page>.css, one file each, embedded here; not committed
//
// A binary built without Node has no scripts: Page says so, and whoever writes a page then writes it with static figures. Scripts compute no statistics. What
// they show comes from Go as JSON in the page.
package web
