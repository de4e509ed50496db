package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"
	"text/tabwriter"
)

// output is the standard output of a command. It keeps the first error, which fails the command: commands need not look at what their
// prints return. It ends when the command is interrupted.
type output struct {
	to  io.Writer
	ctx context.Context
	err error
}

func (o *output) Write(p []byte) (n int, err error) {
	if o.err == nil {
		o.err = o.ctx.Err()
	}
	if o.err != nil {
		return 0, o.err
	}
	n, err = o.to.Write(p)
	if errors.Is(err, syscall.EPIPE) {
		err = errNoReader
	}
	o.err = err
	return n, err
}

// newTable aligns tab-separated columns. The last one must not be empty: what aligns it would be left as spaces at the end of the line.
func newTable(w io.Writer) *tabwriter.Writer { return tabwriter.NewWriter(w, 0, 0, 2, ' ', 0) }

// shownNotes is how many notes are shown: a limit may end thousands of studies.
const shownNotes = 8

// writeNotes writes what a user should know; what is beyond the shown ones is in the manifest.
func writeNotes(w io.Writer, notes []string) {
	for i, note := range notes {
		if i == shownNotes && len(notes) > shownNotes+1 {
			fmt.Fprintf(w, "note: and %d more, listed in manifest.json\n", len(notes)-i)
			return
		}
		fmt.Fprintf(w, "note: %s\n", note)
	}
}

// dash stands for an empty cell.
func dash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// createNew writes a new file; one that is there already is left alone, and of a failure nothing is left.
func createNew(path string, write func(io.Writer) error) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return usage(fmt.Errorf("%s is there already: nothing is overwritten", path))
	}
	if err != nil {
		return usage(err)
	}
	if err := errors.Join(write(f), f.Close()); err != nil {
		return errors.Join(err, os.Remove(path))
	}
	return nil
}
