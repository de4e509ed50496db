package process

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Options say how a program is run.
type Options struct {
	Command []string       // the program and its arguments, never read by a shell
	Folder  string         // what relative names in Command are relative to; empty = the current folder
	Set     map[string]any // settings, for its hello
	Program string         // who runs it, for its messages

	Timeout      time.Duration // of one evaluation; a batch of n has n times as long; 0 = none but the context's
	StepTimeout  time.Duration // of one step or reset of an environment; 0 = Timeout
	StartTimeout time.Duration // from the start to the answered hello; 0 = DefaultStartTimeout
}

// DefaultStartTimeout is long enough for a program that loads large libraries.
const DefaultStartTimeout = 60 * time.Second

// folderVariable tells a program where the experiment file lies: its working folder is another one.
const folderVariable = "CODESIGN_FOLDER"

// command is the resolved words of the command, and the folder they are relative to.
func (o Options) command() (words []string, folder string, err error) {
	if len(o.Command) == 0 || o.Command[0] == "" {
		return nil, "", errors.New("the command is empty: it must name a program")
	}
	if folder, err = filepath.Abs(o.Folder); err != nil {
		return nil, "", err
	}
	words = append([]string(nil), o.Command...)
	for i, word := range words {
		if strings.ContainsRune(word, 0) {
			return nil, "", fmt.Errorf("word %d of the command holds a NUL byte", i)
		}
	}
	if words[0], err = program(words[0], folder); err != nil {
		return nil, "", err
	}
	for i, word := range words[1:] {
		if path := filepath.Join(folder, word); word != "" && !filepath.IsAbs(word) && isFile(path) {
			words[i+1] = path
		}
	}
	return words, folder, nil
}

// program is the path of the program that a name means.
func program(name, folder string) (string, error) {
	if !strings.ContainsRune(name, '/') && !strings.ContainsRune(name, os.PathSeparator) {
		path, err := exec.LookPath(name)
		if err != nil {
			return "", fmt.Errorf("the program %q is not in PATH", name)
		}
		return filepath.Abs(path)
	}
	path := name
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	if _, err := exec.LookPath(path); err != nil { // with a slash it only looks whether it can be run
		return "", fmt.Errorf("the program %q: %w", name, errors.Unwrap(err))
	}
	return path, nil
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}
