package dashboard

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/sweep"
)

// UnmarshalJSON reads what MarshalJSON writes; clients in Go do not exist but in these tests.
func (n *Number) UnmarshalJSON(text []byte) error {
	*n = None()
	if string(text) == "null" {
		return nil
	}
	return json.Unmarshal(text, (*float64)(n))
}

// TestAFinishedSweepIsShownAsItsDatasetHasIt checks against what follows from the experiment by hand: grid walks the 28 designs, of which 2 panic, 2 never return and 4
// are infeasible; random has 40 trials.
func TestAFinishedSweepIsShownAsItsDatasetHasIt(t *testing.T) {
	root, id := finished(t)
	s := serve(t, root, Options{})
	d := s.whole(id)
	require.Equal(t, "toys", d.Card.Name)
	require.Equal(t, Status(sweep.Complete), d.Card.Status)
	require.Empty(t, d.Card.Note)
	require.Equal(t, Share{8, 8}, d.Card.Studies)
	require.Equal(t, Share{4*28 + 4*40, 4*28 + 4*40}, d.Card.Trials)
	require.Equal(t, "codesign run toys.toml", d.Command)
	require.False(t, d.Card.LeftS.Given())
	require.Equal(t, []string{"small", "fast"}, []string{d.Scenarios[0].Name, d.Scenarios[1].Name})
	require.Equal(t, []string{"lanes", "mode"}, d.Scenarios[0].Axes)
	require.Equal(t, []string{"latency_cycles", "area_mm2"}, d.Scenarios[0].Metrics)
	require.Len(t, d.Cells, 4)
	require.Equal(t, [][]int{{0, 1}, {2, 3}}, d.Leaders)
	require.Len(t, d.Curves, 4)

	grid := d.Cells[0]
	require.Equal(t, "grid", grid.Agent)
	require.Equal(t, Share{2, 2}, grid.Studies)
	require.Equal(t, []int{56, 8, 8}, []int{grid.Trials, grid.Failed, grid.Infeasible})
	require.Equal(t, 2, grid.Reached)
	// At most 20 mm2 is at most 20 lanes: 1000/20 cycles. Both repeats walk the same grid.
	require.Equal(t, []Number{50}, grid.Best)
	require.Equal(t, Number(50), grid.Median)
	require.Contains(t, grid.Leader.Design, "lanes=20PE mode=")
	last := d.Curves[0].Points[len(d.Curves[0].Points)-1]
	require.Equal(t, CurvePoint{Trials: 40, Studies: 2, Best: 50, Median: 50, Worst: 50}, last)

	sum := 0
	for _, c := range d.Cells {
		sum += c.Failed + c.Infeasible
	}
	require.Equal(t, sum, d.Faulty)
	require.Equal(t, d.Card.Failed+d.Card.Infeasible, d.Faulty)
	require.Positive(t, d.Card.Failed)
	kinds := map[Kind]Fault{}
	for _, f := range d.Faults {
		kinds[f.Kind] = f
	}
	require.Len(t, d.Faults, 3, "reasons that differ in numbers are one group")
	require.Contains(t, kinds[Panic].Reason, "panic: thirteen lanes")
	require.Contains(t, kinds[Panic].Design, "lanes=13PE")
	require.Contains(t, kinds[TimeOut].Reason, "timeout after 20ms")
	require.Contains(t, kinds[Infeasible].Reason, " lanes of 48")
	require.Len(t, d.Workers, 1)
	require.Equal(t, 8, d.Workers[0].Finished)
}

// TestARunIsFollowedWhileItGoesOn holds a real run at a gate, lets trials pass and sees each of them once.
func TestARunIsFollowedWhileItGoesOn(t *testing.T) {
	root := t.TempDir()
	dir := filepath.Join(root, "night", "toys")
	s := serve(t, root, Options{})
	require.Empty(t, s.cards())
	gate, ended := make(chan struct{}), make(chan sweep.Outcome)
	text := strings.Replace(strings.Replace(experiment, "timeout_s = 0.02", "timeout_s = 60", 1), "kind = \"random\"", "kind = \"random\"\n[[agent]]\nkind = \"hill\"", 1)
	text = strings.Replace(text, "at_most = { area_mm2 = 20 } }", "at_most = { area_mm2 = 20 } }\nfix = { levels = { lanes = [1, 2, 4, 8, 50] } }", 1)
	text = strings.Replace(text, "minimise = [\"latency_cycles\"] }", "minimise = [\"latency_cycles\"] }\nfix = { levels = { lanes = [1, 2, 4, 8, 50] } }", 1)
	ctx, cancel := context.WithCancel(t.Context())
	go func() { ended <- run(t, ctx, text, dir, gate) }()
	pass(t, gate, 3)
	s.eventually(func() bool { return len(s.cards()) == 1 }, "a new sweep appears by itself")
	id := s.cards()[0].ID
	require.Equal(t, "night/toys", s.cards()[0].Folder)
	var d Sweep
	s.eventually(func() bool { d = s.whole(id); return d.Card.Trials.Done >= 1 }, "its first trials")
	require.Equal(t, Status(sweep.Running), d.Card.Status)
	require.Equal(t, Share{0, 12}, d.Card.Studies)
	require.Equal(t, 480, d.Card.Trials.Total)
	require.Len(t, d.Workers, 1)
	before := d.Card.Trials.Done
	pass(t, gate, 5)
	s.eventually(func() bool { d = s.whole(id); return d.Card.Trials.Done > before }, "more of them")
	running := document[Studies](s, "/api/sweeps/"+id+"/studies?q=status%3Drunning")
	s.eventually(func() bool {
		running = document[Studies](s, "/api/sweeps/"+id+"/studies?q=status%3Drunning")
		return running.Matches == 2
	}, "two workers are at a study each")

	cancel()
	require.Equal(t, sweep.Interrupted, (<-ended).Status)
	s.eventually(func() bool { return s.whole(id).Card.Status == Status(sweep.Interrupted) }, "it was interrupted")
	trials := s.whole(id).Card.Trials.Done

	close(gate)
	require.Equal(t, sweep.Complete, resume(t, text, dir, gate).Status)
	s.eventually(func() bool { return s.whole(id).Card.Status == Status(sweep.Complete) }, "it was resumed, and came to its end")
	s.eventually(func() bool { d = s.whole(id); return d.Card.Studies.Done == 12 }, "with all studies")
	require.Greater(t, d.Card.Trials.Done, trials)
	require.Equal(t, d.Card.Trials.Total, d.Card.Trials.Done)
	all := document[Trials](s, "/api/sweeps/"+id+"/trials?limit=500")
	require.Equal(t, d.Card.Trials.Done, all.Matches)
	require.Len(t, all.Rows, all.Matches, "each once")

	require.NoError(t, os.RemoveAll(dir))
	s.eventually(func() bool { return len(s.cards()) == 0 }, "a folder that is deleted goes")
	require.Equal(t, 404, s.get("/api/sweeps/"+id).Code)
	require.Equal(t, 404, s.get("/sweep/"+id).Code)
}

// pass lets so many evaluations through.
func pass(t *testing.T, gate chan<- struct{}, n int) {
	t.Helper()
	for range n {
		select {
		case gate <- struct{}{}:
		case <-time.After(10 * time.Second):
			t.Fatal("nothing is evaluated")
		}
	}
}

func TestARunOfWhichNothingIsHeardIsStalled(t *testing.T) {
	root, id := finished(t)
	dir := filepath.Join(root, "toys")
	unfinish(t, dir)
	live, known, err := sweep.ReadLive(dir)
	require.NoError(t, err)
	require.True(t, known)
	live.Updated = time.Now().Add(-time.Hour)
	text, err := json.Marshal(live)
	require.NoError(t, err)
	write(t, filepath.Join(dir, sweep.LiveName), string(text))
	s := serve(t, root, Options{})
	require.Equal(t, Stalled, s.whole(id).Card.Status)
	page := document[Studies](s, "/api/sweeps/"+id+"/studies?q=status%3Dpaused")
	require.Zero(t, page.Matches, "all were finished")

	live.Updated = time.Now()
	text, err = json.Marshal(live)
	require.NoError(t, err)
	write(t, filepath.Join(dir, sweep.LiveName), string(text))
	s.eventually(func() bool { return s.whole(id).Card.Status == Status(sweep.Running) }, "a sign of life")
}

// unfinish makes a finished folder what a killed run leaves: its last study torn.
func unfinish(t *testing.T, dir string) {
	t.Helper()
	manifest, err := os.ReadFile(filepath.Join(dir, manifestName))
	require.NoError(t, err)
	write(t, filepath.Join(dir, manifestName), strings.Replace(string(manifest), `"complete"`, `"running"`, 1))
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "dataset")))
}

func TestATornJournalIsShownUpToItsLastWholeTrial(t *testing.T) {
	root, id := finished(t)
	dir := filepath.Join(root, "toys")
	unfinish(t, dir)
	require.NoError(t, os.Remove(filepath.Join(dir, "journals", "000007.json")))
	path := filepath.Join(dir, "journals", "000007.journal")
	info, err := os.Stat(path)
	require.NoError(t, err)
	require.NoError(t, os.Truncate(path, info.Size()-20)) // the mark of the end is 11 bytes: the last trial is torn
	s := serve(t, root, Options{})
	d := s.whole(id)
	require.Equal(t, Share{271, 272}, d.Card.Trials)
	require.Equal(t, Share{7, 8}, d.Card.Studies)

	damaged, err := os.ReadFile(path)
	require.NoError(t, err)
	damaged[len(damaged)/2] ^= 0xff
	write(t, filepath.Join(dir, "journals", "000006.journal"), string(damaged))
	s = serve(t, root, Options{})
	d = s.whole(id)
	require.Equal(t, Share{6, 8}, d.Card.Studies)
	page := document[Studies](s, "/api/sweeps/"+id+"/studies?q=status%3Dunreadable")
	require.Equal(t, 1, page.Matches)
	require.Contains(t, page.Rows[0].Reason, "000006.journal")
}

func TestFoldersThatAreNotWholeAreShownForWhatTheyAre(t *testing.T) {
	root, id := finished(t)
	dir := filepath.Join(root, "toys")
	write(t, filepath.Join(root, "notes", manifestName), "{}")                // of something else
	write(t, filepath.Join(root, "broken", manifestName), "not JSON")         // like ours
	write(t, filepath.Join(root, "broken", sweep.ExperimentName), experiment) // but damaged
	write(t, filepath.Join(dir, sweep.ExperimentName), strings.Replace(experiment, `"toy"`, `"gone"`, 1))
	s := serve(t, root, Options{})
	cards := s.cards()
	require.Len(t, cards, 2)
	for _, c := range cards {
		if c.ID != id {
			require.Contains(t, c.Note, "invalid character")
			require.Equal(t, 404, s.get("/api/sweeps/"+c.ID).Code, "there is nothing in it to be read")
		}
	}
	d := s.whole(id)
	require.Contains(t, d.Card.Note, `unknown simulator "gone"`)
	require.Equal(t, Share{8, 8}, d.Card.Studies, "what can be counted is")

	manifest, err := os.ReadFile(filepath.Join(dir, manifestName))
	require.NoError(t, err)
	ran := filepath.Join(root, "ran")
	program := fmt.Sprintf("simulator = { command = [\"touch\", %q] }", ran)
	write(t, filepath.Join(dir, sweep.ExperimentName), strings.Replace(experiment, `simulator = "toy"`, program, 1))
	write(t, filepath.Join(dir, manifestName), strings.Replace(string(manifest), `"command"`, `"programs": [{"scenario": "small", "command": ["touch"]}], "command"`, 1))
	d = serve(t, root, Options{}).whole(id)
	require.Contains(t, d.Card.Note, "the manifest does not say what the program of scenario small is, and it is not started for that")
	require.NoFileExists(t, ran)

	write(t, filepath.Join(dir, sweep.ExperimentName), experiment)
	write(t, filepath.Join(dir, manifestName), string(manifest))
	require.NoError(t, os.RemoveAll(filepath.Join(dir, "journals")))
	d = serve(t, root, Options{}).whole(id)
	require.Contains(t, d.Card.Note, "8 of 8 studies have no whole journal any more")
}

func TestCheckSaysWhatIsWrongWithAFolder(t *testing.T) {
	root := t.TempDir()
	require.NoError(t, Check(root), "an empty folder: sweeps may come")
	require.EqualError(t, Check(filepath.Join(root, "none")), "no such folder: "+filepath.Join(root, "none"))
	write(t, filepath.Join(root, "notes.txt"), "x")
	require.EqualError(t, Check(filepath.Join(root, "notes.txt")), filepath.Join(root, "notes.txt")+" is not a folder")
	require.EqualError(t, Check(root), root+" is neither a results folder nor a folder of results folders: it has files but no manifest.json")
}
