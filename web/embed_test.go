package web_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/web"
)

// TestPage holds with and without the scripts: go test never needs Node.
func TestPage(t *testing.T) {
	_, _, built := web.Page("no-such-page")
	require.False(t, built)
	script, style, built := web.Page("report")
	if !built {
		require.Empty(t, script+style)
		t.Skip("built without the scripts: make web")
	}
	require.NotContains(t, script, "</script", "the page carries it inline")
	require.NotContains(t, style, "</style")
	require.Less(t, len(script)+len(style), 1_000_000)
}
