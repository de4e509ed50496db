package tool_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/internal/tool"
)

// TestMain makes the test binary the program that the tests run: the variable says what it does.
func TestMain(m *testing.M) {
	switch os.Getenv("TOOL_TEST") {
	case "":
		os.Exit(m.Run())
	case "answer":
		folder, _ := os.Getwd()
		fmt.Printf("%s in %s", strings.Join(os.Args[1:], " "), filepath.Base(folder))
	case "crash":
		fmt.Print("half an answer")
		fmt.Fprintf(os.Stderr, "%s\nno licence\xff\n", strings.Repeat("noise ", 10_000))
		os.Exit(3)
	case "complain":
		fmt.Println("No spatial map in a cluster")
		os.Exit(255)
	case "flood":
		for {
			if _, err := os.Stdout.Write(bytes.Repeat([]byte("x"), 1<<16)); err != nil {
				os.Exit(1)
			}
		}
	case "hang":
		// A child with the same pipes outlives whoever kills only its parent.
		child := exec.Command(os.Args[0])
		child.Env, child.Stdout, child.Stderr = append(os.Environ(), "TOOL_TEST=sleep"), os.Stdout, os.Stderr
		if err := child.Start(); err != nil {
			os.Exit(1)
		}
		_ = os.WriteFile(os.Args[1]+".new", []byte(strconv.Itoa(child.Process.Pid)), 0o644)
		_ = os.Rename(os.Args[1]+".new", os.Args[1])
		time.Sleep(time.Hour)
	case "sleep":
		time.Sleep(time.Hour)
	case "leave":
		child := exec.Command(os.Args[0])
		child.Env, child.Stdout = append(os.Environ(), "TOOL_TEST=sleep"), os.Stdout
		if err := child.Start(); err != nil {
			os.Exit(1)
		}
		fmt.Print("done")
	}
	os.Exit(0)
}

// itself runs the test binary as a program.
func itself(t *testing.T, role string, args ...string) tool.Command {
	t.Helper()
	path, err := os.Executable()
	require.NoError(t, err)
	return tool.Command{Path: path, Args: args, Env: []string{"TOOL_TEST=" + role, "GORACE=atexit_sleep_ms=0"}, Timeout: time.Minute}
}

func TestRunGivesTheOutput(t *testing.T) {
	c := itself(t, "answer", "a b", "$HOME;")
	c.Dir = filepath.Join(t.TempDir(), "here")
	require.NoError(t, os.Mkdir(c.Dir, 0o755))
	out, err := tool.Run(t.Context(), c)
	require.NoError(t, err)
	require.Equal(t, "a b $HOME; in here", string(out), "no shell reads the arguments")
}

func TestCrashSaysWhatTheProgramSaid(t *testing.T) {
	_, err := tool.Run(t.Context(), itself(t, "crash"))
	wrong, ok := errors.AsType[*tool.Error](err)
	require.True(t, ok, "%v", err)
	require.EqualError(t, wrong.Reason, "exit status 3")
	require.True(t, strings.HasSuffix(wrong.Says, "noise \nno licence\uFFFD"), wrong.Says)
	require.LessOrEqual(t, len(wrong.Says), 2100, "only the end of it")
	_, err = tool.Run(t.Context(), itself(t, "complain"))
	require.ErrorContains(t, err, "exit status 255; it says: No spatial map in a cluster")
}

func TestMissingProgram(t *testing.T) {
	_, err := tool.Run(t.Context(), tool.Command{Path: filepath.Join(t.TempDir(), "dramsim3")})
	require.ErrorIs(t, err, os.ErrNotExist)
}

func TestFloodIsStopped(t *testing.T) {
	c := itself(t, "flood")
	c.OutputBytes = 1 << 20
	_, err := tool.Run(t.Context(), c)
	require.ErrorContains(t, err, "more than 1048576 bytes of output")
}

func TestHangIsKilledWithItsChildren(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: there are no process groups")
	}
	for _, how := range []string{"limit", "context"} {
		t.Run(how, func(t *testing.T) {
			pidFile := filepath.Join(t.TempDir(), "pid")
			c := itself(t, "hang", pidFile)
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			want := "stopped after 4s without an end"
			if how == "context" {
				want = "context canceled"
				go func() { // as soon as the child is there
					for ctx.Err() == nil {
						if _, err := os.Stat(pidFile); err == nil {
							cancel()
						}
						time.Sleep(time.Millisecond)
					}
				}()
			} else {
				c.Timeout = 4 * time.Second
			}
			_, err := tool.Run(ctx, c)
			require.ErrorContains(t, err, want)
			text, err := os.ReadFile(pidFile)
			require.NoError(t, err)
			requireEnded(t, string(text))
		})
	}
}

func TestChildrenOfAProgramThatEndsAreKilled(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("SKIPPED: there are no process groups")
	}
	out, err := tool.Run(t.Context(), itself(t, "leave"))
	require.NoError(t, err)
	require.Equal(t, "done", string(out))
}

// requireEnded waits until a process is gone, or is what its new parent has not yet buried.
func requireEnded(t *testing.T, pid string) {
	t.Helper()
	require.Eventually(t, func() bool {
		stat, err := os.ReadFile("/proc/" + pid + "/stat")
		if err != nil {
			_, missing := os.Stat("/proc/self")
			return missing == nil || runtime.GOOS != "linux"
		}
		_, state, _ := strings.Cut(string(stat), ") ")
		return strings.HasPrefix(state, "Z")
	}, 10*time.Second, 10*time.Millisecond, "process %s lives on", pid)
}

func TestFind(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"given", "named", "dramsim3main"} {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte("#!/bin/true\n"), 0o755))
	}
	t.Setenv("PATH", dir)
	t.Setenv("TOOL_PATH", filepath.Join(dir, "named"))
	path, err := tool.Find(filepath.Join(dir, "given"), "TOOL_PATH", "dramsim3main")
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "given"), path)
	path, err = tool.Find("", "TOOL_PATH", "dramsim3main")
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "named"), path)

	t.Setenv("TOOL_PATH", "")
	path, err = tool.Find("", "TOOL_PATH", "dramsim3", "dramsim3main")
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "dramsim3main"), path)
	path, err = tool.Find("dramsim3main", "TOOL_PATH")
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "dramsim3main"), path)

	_, err = tool.Find("", "TOOL_PATH", "dramsim3", "dramsim")
	require.EqualError(t, err, "not found: TOOL_PATH is not set, and PATH has no dramsim3 or dramsim")
	_, err = tool.Find(filepath.Join(dir, "none"), "TOOL_PATH", "dramsim3")
	require.ErrorIs(t, err, os.ErrNotExist)
	require.ErrorContains(t, err, "none (the one given): ")
}
