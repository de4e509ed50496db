package verify

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/internal/tool"
)

// Tool is an independent simulator that designs can be re-checked on.
type Tool struct {
	Name     string // "dramsim3"
	Title    string // as its authors write it, with the version that the adapter was made for
	Variable string // environment variable that names the program
	Wants    string // what kind of program is wanted

	programs []string // sought in PATH when nothing is named
	open     func(ctx context.Context, program string, limit time.Duration) (Checker, error)
}

// Tools lists the tools.
func Tools() []Tool { return []Tool{dramsim3Tool(), ramulator2Tool(), scalesimTool(), maestroTool()} }

// Names lists the names of the tools.
func Names() (names []string) {
	for _, t := range Tools() {
		names = append(names, t.Name)
	}
	return names
}

// Lookup finds a tool by its name.
func Lookup(name string) (Tool, error) {
	for _, t := range Tools() {
		if t.Name == name {
			return t, nil
		}
	}
	return Tool{}, suggest.Unknown("tool", name, Names())
}

// Open finds the tool's program and tries it: the one at path if that is not empty, else what the environment variable or PATH name. One design
// may take the limit at most.
func (t Tool) Open(ctx context.Context, path string, limit time.Duration) (Checker, error) {
	program, err := tool.Find(path, t.Variable, t.programs...)
	if err != nil {
		return nil, fmt.Errorf("%s: %w; name %s there, or with --tool", t.Title, err, t.Wants)
	}
	c, err := t.open(ctx, program, limit)
	if err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%s: %w", t.Title, err)
	}
	return c, err
}
