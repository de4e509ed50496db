package process

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"sync"
	"time"

	"github.com/codesign-gym/codesign/internal/tool"
	"github.com/codesign-gym/codesign/internal/wire"
)

// child is one running copy of the program. It serves one goroutine, but for kill.
type child struct {
	cmd           *exec.Cmd
	conn          *wire.Conn
	stdin, stdout *os.File
	stderr        tool.Tail
	folder        string // its working folder
	nextID        int64
	answered      bool // a request after the hello

	killed  sync.Once
	exited  chan struct{} // closed when it has been waited for
	status  string        // how it ended, for people; set before exited is closed
	ended   chan struct{} // closed when its standard error is read, too
	welcome *wire.Welcome
}

// stderrGrace is how long the end of standard error is waited for after a child's end: a process that left the group may hold it open.
const stderrGrace = 200 * time.Millisecond

// start starts a copy; it does not yet shake hands.
func start(words []string, folder string) (_ *child, err error) {
	c := &child{exited: make(chan struct{}), ended: make(chan struct{})}
	if c.folder, err = os.MkdirTemp("", "codesign-process-"); err != nil {
		return nil, err
	}
	var theirs [3]*os.File // the child's ends
	defer func() {
		for _, f := range theirs {
			if f != nil {
				_ = f.Close() // the child has its own
			}
		}
		if err != nil {
			err = errors.Join(err, os.RemoveAll(c.folder))
		}
	}()
	var stderr *os.File
	if theirs[0], c.stdin, err = os.Pipe(); err != nil {
		return nil, err
	}
	if c.stdout, theirs[1], err = os.Pipe(); err != nil {
		return nil, errors.Join(err, c.stdin.Close())
	}
	if stderr, theirs[2], err = os.Pipe(); err != nil {
		return nil, errors.Join(err, c.stdin.Close(), c.stdout.Close())
	}
	c.cmd = &exec.Cmd{
		Path: words[0], Args: words, Dir: c.folder, Stdin: theirs[0], Stdout: theirs[1], Stderr: theirs[2],
		Env: append(os.Environ(), folderVariable+"="+folder, "PWD="+c.folder),
	}
	tool.OwnGroup(c.cmd)
	if err := c.cmd.Start(); err != nil {
		return nil, errors.Join(err, c.stdin.Close(), c.stdout.Close(), stderr.Close())
	}
	c.conn = wire.NewConn(c.stdout, c.stdin)
	go c.attend(stderr)
	return c, nil
}

// attend reads a child's standard error and waits for its end.
func (c *child) attend(stderr *os.File) {
	read := make(chan struct{})
	go func() {
		_, _ = io.Copy(&c.stderr, stderr) // to its end, however much comes
		close(read)
	}()
	c.status = fmt.Sprint(c.cmd.Wait())
	if c.cmd.ProcessState.Success() {
		c.status = "exit status 0"
	}
	close(c.exited)
	_ = tool.KillGroup(c.cmd.Process) // what it forked and left behind; there is nothing, normally
	grace := time.NewTimer(stderrGrace)
	defer grace.Stop()
	select {
	case <-read:
	case <-grace.C:
	}
	_ = stderr.Close() // ends the reading, too
	<-read
	close(c.ended)
}

// kill kills the child's process group and unblocks whoever reads from it or writes to it. It may be called at any time, from any goroutine.
func (c *child) kill() {
	c.killed.Do(func() {
		if c.alive() { // else its number may be another process's
			_ = tool.KillGroup(c.cmd.Process) // fails when none is left
		}
		_ = c.stdin.Close() // pipes; what they held is lost anyway
		_ = c.stdout.Close()
	})
}

// end kills the child and removes what it had.
func (c *child) end() {
	c.kill()
	<-c.ended
	_ = os.RemoveAll(c.folder) // a temporary folder: what cannot be removed is left to the system
}

// closeGrace is how long a program has to exit after close.
const closeGrace = 2 * time.Second

// close asks an idle child to end, waits a while, and ends it.
func (c *child) close() {
	timer := time.AfterFunc(closeGrace, c.kill)
	defer timer.Stop()
	if _, err := c.exchange(&wire.Close{}); err == nil {
		_ = c.stdin.Close()
		<-c.ended // by itself or by the timer
	}
	c.end()
}

// alive tells whether the child has not ended.
func (c *child) alive() bool {
	select {
	case <-c.exited:
		return false
	default:
		return true
	}
}
