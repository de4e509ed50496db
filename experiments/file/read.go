package file

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"

	"github.com/BurntSushi/toml"

	"github.com/codesign-gym/codesign/internal/suggest"
	"github.com/codesign-gym/codesign/internal/tomllines"
)

// Read reads the experiment file at path.
func Read(path string) (*File, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	source, err := io.ReadAll(io.LimitReader(in, MaxBytes+1))
	if err != nil {
		return nil, err
	}
	return Parse(path, source)
}

// Parse reads the text of an experiment file; path is for messages. All mistakes (of more than 50, some) are reported at once, in the order
// of their lines, each an *Error with its position; a text that is not TOML gives its first mistake only.
func Parse(path string, source []byte) (*File, error) {
	if len(source) > MaxBytes {
		return nil, fmt.Errorf("%s: larger than %d bytes (1 MiB), the limit of an experiment file", path, MaxBytes)
	}
	lines, err := tomllines.Scan(string(source))
	if limit, ok := errors.AsType[*tomllines.LimitError](err); ok {
		return nil, &Error{Position{path, limit.Line}, limit.Err}
	}
	document := map[string]any{}
	if _, err := toml.Decode(string(source), &document); err != nil {
		return nil, syntaxError(path, source, err)
	}
	f := &File{Path: path, Folder: filepath.Dir(path), Source: slices.Clone(source), lines: lines}
	r := &reader{file: f}
	f.read(table{r, nil, document})
	if err := Join(r.errs...); err != nil {
		return nil, err
	}
	return f, nil
}

// syntaxError gives the library's error the position form of all others.
func syntaxError(path string, source []byte, err error) error {
	parse, ok := errors.AsType[toml.ParseError](err)
	if !ok {
		return fmt.Errorf("%s: %w", path, err)
	}
	last := 1 + bytes.Count(source, []byte("\n"))
	return &Error{Position{path, min(max(parse.Position.Line, 1), last)}, errors.New(parse.Message)}
}

// read fills in the file from its document.
func (f *File) read(t table) {
	t.known("name", "seed", "repeats", "budget", "lag", "lanes", "max_failed", "timeout_s", "evaluations_per_trial", "save_policies", "distribute", "stop_on_spec", "limits", "preset",
		"scenario", "start", "warm_start", "agent", "include", "exclude", "proxy")
	f.Name = t.required("name")
	if f.Name != "" && !isFileName(f.Name) {
		t.wrong("name", "%q is not 1 to 100 letters, digits, %q, %q or %q with a letter or digit first", f.Name, ".", "_", "-")
	}
	f.Seed = uint64(t.integer("seed", 0, 1<<63-1, 0))
	f.Repeats = int(t.integer("repeats", 1, 10_000, 1))
	if t.has("budget") {
		f.Budget = int(t.integer("budget", 1, 1_000_000_000, 0))
	} else {
		t.missing("budget")
	}
	f.Lag = int(t.integer("lag", 1, 10_000, 1))
	f.Lanes = int(t.integer("lanes", 1, 10_000, 1))
	f.MaxFailed = int(t.integer("max_failed", 0, 1_000_000_000, DefaultMaxFailed))
	f.TimeoutS = t.seconds("timeout_s", DefaultTimeoutS)
	f.EvaluationsPerTrial = int(t.integer("evaluations_per_trial", 1, MaxEvaluationsPerTrial, 1))
	f.SavePolicies = t.boolean("save_policies")
	if t.has("distribute") {
		what, known := t.text("distribute"), []string{"studies", "evaluations"}
		if what != "" && !slices.Contains(known, what) {
			t.wrong("distribute", "%w", suggest.Unknown("distribution", what, known))
		}
		f.DistributeEvaluations = what == known[1]
	}
	f.StopOnSpec = t.boolean("stop_on_spec")
	f.Limits = readLimits(t)
	for _, section := range t.sections("scenario", true) {
		f.Scenarios = append(f.Scenarios, readScenario(section))
	}
	for _, section := range t.sections("start", false) {
		f.Starts = append(f.Starts, readStart(section))
	}
	for _, section := range t.sections("warm_start", false) {
		f.WarmStarts = append(f.WarmStarts, readWarmStart(section))
	}
	presets, _ := t.inner("preset")
	for _, section := range t.sections("agent", true) {
		f.Agents = append(f.Agents, readAgent(section.withPreset(presets)))
	}
	for _, section := range t.sections("include", false) {
		f.Includes = append(f.Includes, readFilter(section))
	}
	for _, section := range t.sections("exclude", false) {
		f.Excludes = append(f.Excludes, readFilter(section))
	}
	if section, ok := t.inner("proxy"); ok {
		f.Proxy = readProxy(section)
	}
	f.checkNames(t.r)
	f.checkSources(t.r)
	f.checkSearches(t.r)
	f.checkSizes(t.r)
	f.checkFilters(t.r)
	f.applySweepTrials(t.r)
}

// isFileName tells whether a name can be part of a path anywhere.
func isFileName(name string) bool {
	for i := range len(name) {
		if c := name[i]; !tomllines.IsBare(c) && c != '.' || i == 0 && (c == '.' || c == '_' || c == '-') {
			return false
		}
	}
	return name != "" && len(name) <= 100
}
