package sweep_test

import (
	"context"
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// refuses runs the file into a folder that must refuse it and stay as it was, byte for byte.
func refuses(t *testing.T, dir, text string, o sweep.Options, want string) {
	t.Helper()
	before := contents(t, dir)
	o.Out = dir
	_, err := sweep.Run(context.Background(), plan(t, text), o)
	require.ErrorContains(t, err, want)
	after := contents(t, dir)
	for _, all := range []map[string]string{before, after} { // the lock of a results folder is not content
		delete(all, filepath.Join(dir, ".lock"))
	}
	require.Equal(t, before, after)
}

// interrupted is a folder whose run was cancelled after some trials of the only study were recorded.
func interrupted(t *testing.T, text string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	ended := make(chan error, 1)
	go func() {
		_, err := sweep.Run(ctx, plan(t, text), sweep.Options{Out: dir, Workers: 1})
		ended <- err
	}()
	require.Eventually(t, func() bool { return recorded(dir, 0) > 2 }, polling, pause)
	cancel()
	require.NoError(t, <-ended)
	m, err := sweep.ReadManifest(dir)
	require.NoError(t, err)
	require.Equal(t, sweep.Interrupted, m.Status)
	return dir
}

// recorded is the number of records in a study's journal; 0 when there is none yet.
func recorded(dir string, study int) int {
	r, err := journal.Open(journalFile(dir, study), nil)
	if err != nil {
		return 0
	}
	defer r.Close()
	for _, err := range r.Records() {
		if err != nil {
			return 0
		}
	}
	return r.Len()
}

func journalFile(dir string, study int) string {
	return filepath.Join(dir, "journals", "00000"+string(rune('0'+study))+".journal")
}

// slow makes the toy take its time.
func slow(text string) string {
	return strings.Replace(text, "[[agent]]", "set = { delay_us = 500 }\n[[agent]]", 1)
}

func TestFoldersThatAreNotOursAreRefused(t *testing.T) {
	text := top + scenario + agent
	file := filepath.Join(t.TempDir(), "file")
	require.NoError(t, os.WriteFile(file, []byte("mine"), 0o644))
	for _, c := range []struct{ name, out, want string }{
		{"a file", file, "output folder: "},
		{"below a file", filepath.Join(file, "out"), "not a directory"},
		{"no permission", "/proc/self/out", "output folder: mkdir /proc"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: c.out})
			require.ErrorContains(t, err, c.want)
			require.ErrorAs(t, err, new(*sweep.UsageError))
		})
	}
	t.Run("something else in it", func(t *testing.T) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "thesis.tex"), []byte("mine"), 0o644))
		refuses(t, dir, text, sweep.Options{}, "folder "+dir+" is not empty and holds no results (thesis.tex …): choose another --out")
		require.NoFileExists(t, filepath.Join(dir, ".lock"), "not even a lock is left in it")
	})
	t.Run("a read-only folder", func(t *testing.T) {
		if os.Geteuid() == 0 {
			t.Skip("root may write everywhere")
		}
		dir := t.TempDir()
		require.NoError(t, os.Chmod(dir, 0o555))
		refuses(t, dir, text, sweep.Options{}, "permission denied")
	})
}

func TestFinishedFoldersAreRefused(t *testing.T) {
	text := top + scenario + agent
	dir, outcome := run(t, text, sweep.Options{Workers: 1})
	require.Equal(t, sweep.Outcome{Dir: dir, Status: sweep.Complete, Studies: 1, Trials: 40}, outcome)
	refuses(t, dir, text, sweep.Options{}, "folder "+dir+" holds the finished results of this file: choose another --out")
	refuses(t, dir, strings.Replace(text, "40", "41", 1), sweep.Options{}, "holds the results of another experiment file (\"test\", identity ")
	refuses(t, dir, strings.Replace(text, "40", "41", 1), sweep.Options{Resume: true}, "holds the results of another experiment file")

	before := contents(t, dir)
	outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, []string{"the results are complete: nothing to resume"}, outcome.Notes)
	require.Equal(t, before, contents(t, dir))
}

func TestUnfinishedFoldersAreRefusedUnlessResumed(t *testing.T) {
	text := slow(top + scenario + agent)
	dir := interrupted(t, text)
	refuses(t, dir, text, sweep.Options{}, "folder "+dir+" holds an unfinished run of this file: continue it with --resume, or choose another --out")

	manifest := filepath.Join(dir, "manifest.json")
	given, err := os.ReadFile(manifest)
	require.NoError(t, err)
	var m map[string]any
	require.NoError(t, json.Unmarshal(given, &m))
	build := maps.Clone(m["build"].(map[string]any))
	m["build"].(map[string]any)["go"] = "go1.0"
	foreign, err := json.Marshal(m)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(manifest, foreign, 0o644))
	refuses(t, dir, text, sweep.Options{Resume: true}, "was written by another build (, go1.0, "+build["os"].(string)+"/")

	require.NoError(t, os.WriteFile(manifest, []byte("{"), 0o644))
	refuses(t, dir, text, sweep.Options{Resume: true}, "manifest.json: unexpected end of JSON input")
	require.NoError(t, os.WriteFile(manifest, []byte(`{"format":2}`), 0o644))
	refuses(t, dir, text, sweep.Options{Resume: true}, "folder format 2, this program reads 1")

	require.NoError(t, os.WriteFile(manifest, given, 0o644))
	outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	require.Equal(t, sweep.Complete, outcome.Status)
	require.Greater(t, outcome.Replayed, 2)
}

func TestDamagedJournals(t *testing.T) {
	text := slow(top + scenario + agent)
	dir := interrupted(t, text)
	path := journalFile(dir, 0)
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	resume := sweep.Options{Out: dir, Resume: true, Workers: 1}

	t.Run("corrupt in the middle", func(t *testing.T) {
		damaged := append([]byte(nil), whole...)
		damaged[60] ^= 1
		require.NoError(t, os.WriteFile(path, damaged, 0o644))
		_, err := sweep.Run(context.Background(), plan(t, text), resume)
		require.ErrorContains(t, err, "study 0 (toy delay_us=500, random, repeat 0): journal: "+path+": corrupt at byte 52: ")
		require.ErrorAs(t, err, new(*journal.CorruptError))
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, damaged, after, "a corrupted journal is not changed")
		m, err := sweep.ReadManifest(dir)
		require.NoError(t, err)
		require.Equal(t, sweep.Broken, m.Status)
		require.Contains(t, m.Error, "corrupt at byte")
	})
	t.Run("of another study", func(t *testing.T) {
		require.NoError(t, os.Remove(path))
		w, err := journal.Create(path, []byte("somebody else"))
		require.NoError(t, err)
		require.NoError(t, w.Close())
		_, err = sweep.Run(context.Background(), plan(t, text), resume)
		require.ErrorAs(t, err, new(*journal.IdentityError))
	})
	t.Run("cut short", func(t *testing.T) {
		require.NoError(t, os.WriteFile(path, whole[:len(whole)-3], 0o644))
		outcome, err := sweep.Run(context.Background(), plan(t, text), resume)
		require.NoError(t, err)
		require.Equal(t, sweep.Complete, outcome.Status)
		require.Len(t, outcome.Notes, 1)
		require.Regexp(t, `^journal of study 0: a torn record of \d+ bytes was cut off behind \d+ whole ones$`, outcome.Notes[0])
		reference, _ := run(t, text, sweep.Options{Workers: 1})
		require.Equal(t, parts(t, reference), parts(t, dir))
	})
}

// TestKilledBetweenAnyTwoFiles removes what a run that was killed early or late has not written, and resumes.
func TestKilledBetweenAnyTwoFiles(t *testing.T) {
	text := top + "repeats = 2\n" + scenario + agent
	reference, _ := run(t, text, sweep.Options{Workers: 1})
	for name, missing := range map[string][]string{
		"only the first manifest":               {"dataset", "timings.parquet", "journals", "experiment.toml", "resolved.toml"},
		"no dataset":                            {"dataset", "timings.parquet"},
		"a dataset, but not the final manifest": {"timings.parquet"},
		"no ending of a finished study":         {"dataset", "journals/000001.json"},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := run(t, text, sweep.Options{Workers: 1})
			for _, path := range missing {
				require.NoError(t, os.RemoveAll(filepath.Join(dir, path)))
			}
			manifest := filepath.Join(dir, "manifest.json")
			m, err := os.ReadFile(manifest)
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(manifest, []byte(strings.Replace(string(m), `"complete"`, `"running"`, 1)), 0o644))
			outcome, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
			require.NoError(t, err)
			require.Equal(t, sweep.Complete, outcome.Status)
			require.Equal(t, parts(t, reference), parts(t, dir))
			for _, path := range []string{"timings.parquet", "experiment.toml", "resolved.toml"} {
				require.FileExists(t, filepath.Join(dir, path))
			}
		})
	}
}

func TestResumeCommandIsForAShell(t *testing.T) {
	require.Equal(t, "codesign run res/experiment.toml --out res --resume", sweep.Options{Out: "res"}.ResumeCommand())
	require.Equal(t, "gym run 'my file.toml' --out 'it'\\''s' --resume", sweep.Options{Command: []string{"gym", "run", "my file.toml", "--out", "it's"}}.ResumeCommand())
	require.Equal(t, "gym run x --resume", sweep.Options{Command: []string{"gym", "run", "x", "--resume"}}.ResumeCommand())
}

// TestAnInterruptedReplayForgetsNothing ends a study's next attempt before it has replayed what is recorded: races decide by what endings say.
func TestAnInterruptedReplayForgetsNothing(t *testing.T) {
	dir := interrupted(t, strings.Replace(top, "40", "3000", 1)+scenario+agent)
	trials := func() int {
		var e struct{ Trials int }
		content, err := os.ReadFile(filepath.Join(dir, "journals", "000000.json"))
		require.NoError(t, err)
		require.NoError(t, json.Unmarshal(content, &e))
		return e.Trials
	}
	had := trials()
	require.Positive(t, had)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err := sweep.Run(ctx, plan(t, strings.Replace(top, "40", "3000", 1)+scenario+agent), sweep.Options{Out: dir, Workers: 1, Resume: true})
	require.NoError(t, err)
	require.GreaterOrEqual(t, trials(), had)
}

// TestResumingClearsWhatAKilledAttemptWasWriting: a policy half written was found beside the whole ones.
func TestResumingClearsWhatAKilledAttemptWasWriting(t *testing.T) {
	text := strings.Replace(top, "40", "3000", 1) + scenario + agent
	dir := interrupted(t, text)
	require.NoError(t, os.MkdirAll(filepath.Join(dir, sweep.PoliciesName), 0o755))
	halves := []string{".manifest.json.123", "timings.parquet.4", "journals/.000000.json.9", "policies/.000000.policy.77"}
	for _, name := range halves {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), nil, 0o644))
	}
	_, err := sweep.Run(context.Background(), plan(t, text), sweep.Options{Out: dir, Resume: true})
	require.NoError(t, err)
	for _, name := range halves {
		require.NoFileExists(t, filepath.Join(dir, name))
	}
	require.FileExists(t, filepath.Join(dir, "journals", "000000.json"))
	require.FileExists(t, filepath.Join(dir, sweep.TimingsName))
}
