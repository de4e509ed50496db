package sweep

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"time"
)

// Status is how far the run of a results folder came.
type Status string

// The statuses. A folder whose process was killed stays Running; it is unfinished like an Interrupted one.
const (
	Running     Status = "running"
	Interrupted Status = "interrupted"
	Broken      Status = "failed"
	Complete    Status = "complete"
)

// Manifest says where the results of a folder come from. What varies between equal runs (times, host, attempts) is here and in timings.parquet,
// never in the dataset.
type Manifest struct {
	Format   int    `json:"format"` // of this file and the folder
	Name     string `json:"name"`
	Identity string `json:"identity"` // hash of the resolved experiment file and of what else goes into the run
	File     string `json:"file"`     // hash of the resolved experiment file
	// WarmStarts are the trials of earlier results that were told first.
	WarmStarts []WarmStart `json:"warm_start,omitempty"`
	Policy     string      `json:"policy,omitempty"` // hash of the trained policy that the run evaluates
	Status     Status      `json:"status"`
	Error      string      `json:"error,omitempty"`

	Build    Build          `json:"build"`
	Programs []Program      `json:"programs,omitempty"`       // that evaluate designs beside the build
	Agents   []AgentProgram `json:"agent_programs,omitempty"` // agents that are programs
	Folder   string         `json:"folder,omitempty"`         // of the experiment file, where there are programs: what names in their commands are relative to

	Command []string `json:"command,omitempty"`
	Workers int      `json:"workers"`
	Started string   `json:"started"` // of the first attempt, RFC 3339
	Ended   string   `json:"ended,omitempty"`
	// Attempts counts the runs that worked on the folder.
	Attempts int `json:"attempts"`
	// Outside lists the studies that the reproducibility promise does not cover, with the reason.
	Outside []string `json:"outside_promise,omitempty"`
	// Stopped lists the studies that ended before their budget, with the reason.
	Stopped []string `json:"stopped,omitempty"`
}

const folderFormat = 1

// Build identifies the program: results of another one are never continued.
type Build struct {
	Version string `json:"version"`
	Go      string `json:"go"`
	OS      string `json:"os"`
	Arch    string `json:"arch"`
	SHA256  string `json:"sha256"` // of the executable
}

// CurrentBuild is the running program.
func CurrentBuild(version string) (Build, error) {
	b := Build{Version: version, Go: runtime.Version(), OS: runtime.GOOS, Arch: runtime.GOARCH}
	path, err := os.Executable()
	if err != nil {
		return b, err
	}
	f, err := os.Open(path)
	if err != nil {
		return b, err
	}
	defer f.Close()
	hash := sha256.New()
	if _, err := io.Copy(hash, f); err != nil {
		return b, err
	}
	b.SHA256 = hex.EncodeToString(hash.Sum(nil))
	return b, nil
}

// ReadManifest reads the manifest of a results folder. A folder without one is not a results folder: an error that names it.
func ReadManifest(dir string) (Manifest, error) {
	var m Manifest
	path := filepath.Join(dir, manifestName)
	text, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return m, noFolder(dir)
	}
	if err != nil {
		return m, err
	}
	if err := json.Unmarshal(text, &m); err != nil {
		return m, fmt.Errorf("%s: %w", path, err)
	}
	if m.Format != folderFormat {
		return m, fmt.Errorf("%s: folder format %d, this program reads %d", path, m.Format, folderFormat)
	}
	return m, nil
}

// noFolder says why a folder is not a results folder.
func noFolder(dir string) error {
	if _, err := os.Stat(dir); err != nil {
		return err
	}
	parent := filepath.Dir(filepath.Clean(dir))
	if _, err := os.Stat(filepath.Join(parent, manifestName)); err == nil {
		return fmt.Errorf("%s is a part of the results folder %s: name that", dir, parent)
	}
	return fmt.Errorf("%s is not a results folder: it has no %s", dir, manifestName)
}

func (m Manifest) write(dir string) error {
	return writeJSON(filepath.Join(dir, manifestName), m)
}

// writeJSON writes a small file whole or not at all.
func writeJSON(path string, v any) error {
	text, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		return err
	}
	return writeFile(path, append(text, '\n'))
}

// writeFile writes a small file whole or not at all, through a temporary name in the same folder.
func writeFile(path string, data []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	err = errors.Join(err, f.Chmod(0o644), f.Sync(), f.Close())
	if err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return errors.Join(err, os.Remove(f.Name()))
	}
	return nil
}

func now() string { return time.Now().UTC().Format(time.RFC3339) }
