package web

import "embed"

//go:embed dist
var dist embed.FS

// Page is the script and the style of a page, to be carried inline; false where the binary was built without them.
func Page(name string) (script, style string, built bool) {
	code, err := dist.ReadFile("dist/" + name + ".js")
	if err != nil {
		return "", "", false
	}
	css, err := dist.ReadFile("dist/" + name + ".css")
	if err != nil {
		return "", "", false
	}
	return string(code), string(css), true
}
