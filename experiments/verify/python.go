package verify

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/internal/tool"
)

// python is a Python that can import a tool's package. What it runs is a driver: a file of ours that calls the package.
type python struct {
	program string
	env     []string
	limit   time.Duration // of a call
}

// run runs a driver that lies in the folder.
func (p python) run(ctx context.Context, dir, driver string, args ...string) ([]byte, error) {
	return tool.Run(ctx, tool.Command{
		Path: p.program, Dir: dir, Env: append([]string{"PYTHONDONTWRITEBYTECODE=1"}, p.env...), Args: append([]string{driver}, args...), Timeout: p.limit,
	})
}

// ready lets the driver try whether the package can be imported.
func (p python) ready(ctx context.Context, name string, driver []byte) error {
	return inFolder(name, driver, func(dir string) error {
		out, err := p.run(ctx, dir, driverName(name), "--try")
		if err == nil && strings.TrimSpace(string(out)) != name+": ready" {
			err = fmt.Errorf("%s is no Python: it answers %.60q", p.program, out)
		}
		return err
	})
}

// driverName is a driver's file name. It is not the package's, which it would hide.
func driverName(name string) string { return name + "_driver.py" }

// inFolder makes a temporary folder with a tool's driver, lets use work there, and removes it.
func inFolder(name string, driver []byte, use func(dir string) error) error {
	dir, err := os.MkdirTemp("", "codesign-"+name+"-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir) // of a temporary folder nothing is lost
	if err := os.WriteFile(filepath.Join(dir, driverName(name)), driver, 0o644); err != nil {
		return err
	}
	return use(dir)
}
