package tomllines_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/tomllines"
)

func ExampleScan() {
	root, err := tomllines.Scan("a = 1\n[b]\nc = [\n  2,\n  { d = 3 },\n]\n")
	if err != nil {
		fmt.Println(err)
		return
	}
	at, found := root.Find("b", "c", 1, "d")
	fmt.Println(at.Line, found)
	at, found = root.Find("b", "e")
	fmt.Println(at.Line, found, "the table that lacks it")
	// Output:
	// 5 true
	// 2 false the table that lacks it
}

func TestLimits(t *testing.T) {
	_, err := tomllines.Scan("a = 1\nb = " + strings.Repeat("[", 40) + "\n")
	var limit *tomllines.LimitError
	require.ErrorAs(t, err, &limit)
	require.Equal(t, 2, limit.Line)
	require.EqualError(t, err, "nested deeper than 32 levels")
	_, err = tomllines.Scan(strings.Repeat("k", 600) + " = 1\n")
	require.EqualError(t, err, "a key with the keys above it is longer than 512 bytes")
}

func TestTextThatIsNotTOMLEndsEarly(t *testing.T) {
	root, err := tomllines.Scan("a = 1\nb b\nc = 2\n")
	require.NoError(t, err)
	_, found := root.Find("a")
	require.True(t, found)
	_, found = root.Find("c")
	require.False(t, found)
}
