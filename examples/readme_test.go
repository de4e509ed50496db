package examples

import (
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestReadmeShowsTheQuickStart keeps the README's experiment file equal to the one that `make run` runs.
func TestReadmeShowsTheQuickStart(t *testing.T) {
	readme, err := os.ReadFile("../README.md")
	require.NoError(t, err)
	file, err := os.ReadFile("../experiments/systolic-quickstart.toml")
	require.NoError(t, err)
	require.Contains(t, string(readme), "```toml\n"+strings.TrimSpace(string(file))+"\n```")
}
