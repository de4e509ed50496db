package journal

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// typical is a record of the systolic simulator's shape: 7 axes, 12 metrics.
func typical() (space.Point, simulators.Result) {
	return space.Point{3, 5, 1, 7, 7, 7, 4}, simulators.OK(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12)
}

// nowhere takes everything at no cost.
type nowhere struct{}

func (nowhere) Write(b []byte) (int, error) { return len(b), nil }
func (nowhere) Sync() error                 { return nil }
func (nowhere) Close() error                { return nil }

func TestRecordAllocatesNothing(t *testing.T) {
	w := &Writer{file: nowhere{}}
	p, r := typical()
	require.Zero(t, testing.AllocsPerRun(100, func() { require.NoError(t, w.Record(w.next, p, r)) }))
}

func BenchmarkRecord(b *testing.B) {
	p, r := typical()
	b.Run("file", func(b *testing.B) {
		w, err := Create(filepath.Join(b.TempDir(), "study.journal"), identity())
		require.NoError(b, err)
		b.ReportAllocs()
		for b.Loop() {
			if err := w.Record(w.next, p, r); err != nil {
				b.Fatal(err)
			}
		}
		require.NoError(b, w.Close())
	})
	b.Run("write-only", func(b *testing.B) { // the system call alone, for comparison
		file, err := os.Create(filepath.Join(b.TempDir(), "plain"))
		require.NoError(b, err)
		frame := appendRecord(nil, 1000, p, &r)
		for b.Loop() {
			if _, err := file.Write(frame); err != nil {
				b.Fatal(err)
			}
		}
		require.NoError(b, file.Close())
	})
	b.Run("encoding", func(b *testing.B) {
		w := &Writer{file: nowhere{}}
		for b.Loop() {
			if err := w.Record(w.next, p, r); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkNext(b *testing.B) {
	p, result := typical()
	journal := appendHeader(nil, identity())
	const records = 10_000
	for id := range records {
		journal = appendRecord(journal, id, p, &result)
	}
	b.ReportAllocs()
	for b.Loop() {
		r, err := newReader(bytes.NewReader(journal), "bench.journal", identity(), bufferBytes)
		require.NoError(b, err)
		for range records {
			if _, ok, err := r.Next(); !ok || err != nil {
				b.Fatal(ok, err)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/records, "ns/record")
}
