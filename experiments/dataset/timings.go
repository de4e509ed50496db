package dataset

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/parquet-go/parquet-go"
)

// Timing is what one study took: everything that differs between two runs of one experiment, and hence is not in the dataset.
type Timing struct {
	Study       int32   `parquet:"study"` // index in the file's order
	AskS        float64 `parquet:"ask_s"` // time of the agent's Ask
	TellS       float64 `parquet:"tell_s"`
	EvaluateS   float64 `parquet:"evaluate_s"`  // time of the simulator, summed over workers
	WallS       float64 `parquet:"wall_s"`      // from the first ask to the last tell
	Evaluations int64   `parquet:"evaluations"` // that were not replayed, cache hits included
	Replayed    int64   `parquet:"replayed"`    // trials served from the journal
	Attempts    int64   `parquet:"attempts"`    // times that the study was begun or resumed
}

// WriteTimings writes the timings to a Parquet file, which replaces the one at path at once.
func WriteTimings(path string, timings []Timing) error {
	file, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+".*")
	if err != nil {
		return fmt.Errorf("dataset: %w", err)
	}
	err = parquet.Write(file, timings, parquet.Compression(codec()), parquet.KeyValueMetadata(versionKey, SchemaVersion))
	if err = errors.Join(err, file.Chmod(0o644), file.Close()); err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return errors.Join(fmt.Errorf("dataset: %s: %w", path, err), os.Remove(file.Name()))
	}
	return nil
}

// ReadTimings reads what WriteTimings wrote.
func ReadTimings(path string) ([]Timing, error) {
	p, err := openParquet(path)
	if err != nil {
		return nil, fmt.Errorf("dataset: %w", err)
	}
	defer p.file.Close() // only read
	if version, _ := p.tree.Lookup(versionKey); version != SchemaVersion {
		return nil, fmt.Errorf("dataset: %s: schema version %q is not %q, the only one that this program reads", path, version, SchemaVersion)
	}
	if _, ok := p.tree.Schema().Lookup("evaluate_s"); !ok {
		return nil, fmt.Errorf("dataset: %s: not a table of timings: it has no column evaluate_s", path)
	}
	timings, err := p.timings()
	if err != nil {
		return nil, fmt.Errorf("dataset: %s: %w", path, err)
	}
	return timings, nil
}

// timings are the rows of the file.
func (p *openPart) timings() (timings []Timing, err error) {
	defer recovered(&err)
	return parquet.Read[Timing](p.file, p.tree.Size())
}
