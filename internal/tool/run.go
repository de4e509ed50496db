package tool

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"time"
)

// DefaultOutputBytes is how much standard output is kept at most where a command says nothing.
const DefaultOutputBytes = 64 << 20

// grace is how long Run waits for the pipes of a killed program to close.
const grace = 2 * time.Second

// Command is one call of a program.
type Command struct {
	Path        string // of the executable
	Args        []string
	Dir         string        // working folder; empty = ours
	Env         []string      // KEY=value, added to ours
	Timeout     time.Duration // 0 = none
	OutputBytes int           // kept of standard output at most; 0 = DefaultOutputBytes
}

// Error is a program that did not do its work: it could not be started, ended with an error, took too long, or wrote too much.
type Error struct {
	Path   string
	Reason error
	Says   string // the end of what it wrote to standard error, or to standard output if nothing there
}

func (e *Error) Error() string {
	text := fmt.Sprintf("%s: %v", e.Path, e.Reason)
	if e.Says != "" {
		text += "; it says: " + e.Says
	}
	return text
}

// Unwrap is the reason.
func (e *Error) Unwrap() error { return e.Reason }

// Run runs the command to its end and returns its standard output. Errors are *Error, except for a ctx that has ended.
func Run(ctx context.Context, c Command) ([]byte, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	limited, cancel := ctx, context.CancelFunc(func() {})
	if c.Timeout > 0 {
		limited, cancel = context.WithTimeout(ctx, c.Timeout)
	}
	defer cancel()
	most := c.OutputBytes
	if most == 0 {
		most = DefaultOutputBytes
	}
	out, says := &head{most: most, stop: cancel}, &Tail{}
	cmd := exec.CommandContext(limited, c.Path, c.Args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr, cmd.WaitDelay = c.Dir, out, says, grace
	if len(c.Env) > 0 {
		cmd.Env = append(os.Environ(), c.Env...)
	}
	OwnGroup(cmd)
	cmd.Cancel = func() error { return KillGroup(cmd.Process) }
	err := cmd.Run()
	if cmd.Process != nil {
		_ = KillGroup(cmd.Process) // children that outlived it; there are none, normally
	}
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case out.over:
		err = fmt.Errorf("more than %d bytes of output", most)
	case limited.Err() != nil:
		err = fmt.Errorf("stopped after %v without an end", c.Timeout)
	case errors.Is(err, exec.ErrWaitDelay): // it ended well, and a child kept its pipes open
		err = nil
	}
	if err != nil {
		if _, ended := errors.AsType[*exec.ExitError](err); ended && len(says.kept) == 0 {
			_, _ = says.Write(out.kept) // some programs complain there
		}
		return nil, &Error{Path: c.Path, Reason: err, Says: says.String()}
	}
	return out.kept, nil
}

// head keeps the beginning of a stream, and stops the program that writes more.
type head struct {
	kept []byte
	most int
	over bool
	stop func()
}

func (h *head) Write(p []byte) (int, error) {
	if room := h.most - len(h.kept); len(p) > room {
		h.over = true
		h.stop()
		h.kept = append(h.kept, p[:room]...)
	} else {
		h.kept = append(h.kept, p...)
	}
	return len(p), nil
}
