package examples

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write what commands print into the documents")

// A document is held to the examples by the first line of its code blocks:
//
//	```go chip.go          a piece of that file of the document's example; all pieces, an empty line between them, are the whole file
//	```go part ../x.go     some lines of that file
//	```console             `$ command` and what it prints, in the document's example; a line … stands for any lines
//
// Durations are not compared, spaces only as far as there are some.
type document struct{ path, folder, needs string }

func documents() []document {
	return []document{
		{"../docs/add-a-simulator.md", "simulator", ""},
		{"../docs/add-an-agent.md", "agent", ""},
		{"../docs/simulator-in-python.md", "process-python", "python3"},
		{"../docs/agent-in-python.md", "agent-python", "python3"},
		{"../docs/simulator-in-cpp.md", "process-cpp", "c++"},
	}
}

func TestDocumentsShowTheFiles(t *testing.T) {
	for _, d := range documents() {
		t.Run(filepath.Base(d.path), func(t *testing.T) {
			pieces := map[string][]string{}
			for _, b := range read(t, d.path).blocks() {
				words := strings.Fields(b.info)
				switch {
				case len(words) == 2:
					pieces[words[1]] = append(pieces[words[1]], b.text)
				case len(words) == 3 && words[1] == "part":
					require.Contains(t, "\n"+source(t, d.folder, words[2]), "\n"+b.text, "%s:%d: not in %s", d.path, b.line, words[2])
				}
			}
			require.NotEmpty(t, pieces, "the document shows no file")
			for name, texts := range pieces {
				require.Equal(t, source(t, d.folder, name), strings.Join(texts, "\n"), "%s: the pieces of %s", d.path, name)
			}
		})
	}
}

func TestDocumentsShowWhatCommandsPrint(t *testing.T) {
	for _, d := range documents() {
		t.Run(filepath.Base(d.path), func(t *testing.T) {
			top := copies(t)
			if d.needs != "" {
				need(t, d.needs)
				codesign(t)
			}
			doc, ran := read(t, d.path), 0
			now := doc.blocks()
			for i, b := range now {
				if b.info != "console" {
					continue
				}
				now[i].text = ""
				for _, c := range b.commands() {
					printed, _ := shell(t, filepath.Join(top, d.folder), c.line)
					printed = strings.ReplaceAll(printed, top, "…")
					switch {
					case matches(c.output, printed):
						printed = c.output
					case strings.Contains(c.output, "…\n"):
						t.Errorf("%s:%d: `%s` prints otherwise (its … are yours: edit the document):\n%s", d.path, b.line, c.line, printed)
						printed = c.output
					case !*update:
						t.Errorf("%s:%d: `%s` prints otherwise (go test ./examples -update writes it):\n%s", d.path, b.line, c.line, printed)
					}
					now[i].text += "$ " + c.line + "\n" + printed
					ran++
				}
			}
			require.NotZero(t, ran, "the document runs no command")
			if *update {
				require.NoError(t, os.WriteFile(d.path, []byte(doc.with(now)), 0o644))
			}
		})
	}
}
