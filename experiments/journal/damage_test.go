package journal

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/simulators"
)

// bounds are the offsets of the header's end and of every frame's end in the journal of sample.
func bounds(finish bool) []int {
	b := appendHeader(nil, identity())
	ends := []int{len(b)}
	for _, r := range sample() {
		b = appendRecord(b, r.ID, r.Point, &r.Result)
		ends = append(ends, len(b))
	}
	if finish {
		ends = append(ends, len(appendComplete(b, len(sample()))))
	}
	return ends
}

// wholeFrames is the number of frames that end at or before a length, and where the last of them ends; -1 and 0 within the header.
func wholeFrames(ends []int, length int) (frames, end int) {
	frames = -1
	for i, e := range ends {
		if e <= length {
			frames, end = i, e
		}
	}
	return frames, end
}

func TestCutAtEveryByteResumesWithTheWholeRecords(t *testing.T) {
	whole, err := os.ReadFile(write(t, sample(), true))
	require.NoError(t, err)
	ends := bounds(true)
	for length := range whole {
		path := filepath.Join(t.TempDir(), "study.journal")
		require.NoError(t, os.WriteFile(path, whole[:length], 0o644))
		frames, end := wholeFrames(ends, length)
		kept := max(frames, 0)

		records, err := read(t, open(t, path))
		require.NoError(t, err)
		require.Len(t, records, kept)

		resumed, err := Resume(path, identity())
		require.NoError(t, err)
		require.Equal(t, kept, resumed.Kept)
		require.Equal(t, int64(length-end), resumed.DroppedBytes)
		require.False(t, resumed.Complete)
		records, err = read(t, resumed.Reader)
		require.NoError(t, err)
		require.Equal(t, append([]Record{}, sample()[:kept]...), append([]Record{}, records...))
		for _, r := range sample()[kept:] {
			require.NoError(t, resumed.Writer.Record(r.ID, r.Point, r.Result))
		}
		require.NoError(t, resumed.Writer.Finish())
		require.NoError(t, resumed.Close())
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, whole, after, "cut at %d", length)
	}
}

func TestEveryFlippedBitIsFound(t *testing.T) {
	whole, err := os.ReadFile(write(t, sample(), false))
	require.NoError(t, err)
	ends := bounds(false)
	last := ends[len(ends)-2]
	for at := range whole {
		for bit := range 8 {
			damaged := bytes.Clone(whole)
			damaged[at] ^= 1 << bit
			path := filepath.Join(t.TempDir(), "study.journal")
			require.NoError(t, os.WriteFile(path, damaged, 0o644))
			resumed, err := Resume(path, identity())
			if at >= last {
				require.NoError(t, err, "byte %d", at)
				require.Equal(t, 3, resumed.Kept)
				require.Equal(t, int64(len(whole)-last), resumed.DroppedBytes)
				require.NoError(t, resumed.Close())
				continue
			}
			require.Error(t, err, "byte %d", at)
			if frames, end := wholeFrames(ends, at); frames >= 0 {
				corrupt, ok := errors.AsType[*CorruptError](err)
				require.True(t, ok, err)
				require.Equal(t, path, corrupt.Path)
				require.Equal(t, int64(end), corrupt.Offset)
			}
			after, err := os.ReadFile(path)
			require.NoError(t, err)
			require.Equal(t, damaged, after)
		}
	}
}

func TestDamageIsToldFromATornTail(t *testing.T) {
	header := appendHeader(nil, identity())
	frame := func(id int) []byte { return appendRecord(nil, id, nil, &simulators.Result{Failed: "x"}) }
	zeros := make([]byte, 3*maxFrame)
	tests := []struct {
		name  string
		parts [][]byte
		kept  int
		want  string // error
	}{
		{"zeros behind", [][]byte{frame(0), zeros}, 1, ""},
		{"zeros between", [][]byte{frame(0), zeros, frame(1)}, 1, "corrupt at byte 50: a record length of 0 out of range [2, 1048576]"},
		{"gap", [][]byte{frame(0), frame(2)}, 1, "corrupt at byte 50: record 2 out of order: 1 was expected"},
		{"repeated", [][]byte{frame(0), frame(0)}, 1, "corrupt at byte 50: record 0 out of order: 1 was expected"},
		{"wrong count", [][]byte{frame(0), appendComplete(nil, 2)}, 1, "corrupt at byte 50: complete with 2 records after 1"},
		{"after the end", [][]byte{frame(0), appendComplete(nil, 1), {0}}, 1, "data after the end of a complete study"},
		{"unknown kind", [][]byte{seal([]byte{0, 0, 0, 0, 9, 0}, 0), frame(0)}, 0, "corrupt at byte 37: a record of unknown kind 9"},
		{"more axes than bytes", [][]byte{seal([]byte{0, 0, 0, 0, 3, 0, 200, 1}, 0), frame(0)}, 0, "a record of kind 3 that does not decode"},
		{"unknown kind last", [][]byte{frame(0), seal([]byte{0, 0, 0, 0, 9, 0}, 0)}, 1, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			b := bytes.Join(append([][]byte{header}, test.parts...), nil)
			r, err := newReader(bytes.NewReader(b), "study.journal", identity(), bufferBytes)
			require.NoError(t, err)
			records, err := read(t, r)
			require.Len(t, records, test.kept)
			if test.want == "" {
				require.NoError(t, err)
				require.Equal(t, torn, r.state)
				return
			}
			require.ErrorContains(t, err, test.want)
			_, _, again := r.Next()
			require.Equal(t, err, again)
		})
	}
}

func TestResumeOfACompleteJournalRefusesMore(t *testing.T) {
	resumed, err := Resume(write(t, sample(), true), identity())
	require.NoError(t, err)
	require.True(t, resumed.Complete)
	require.Zero(t, resumed.DroppedBytes)
	records, err := read(t, resumed.Reader)
	require.NoError(t, err)
	require.Equal(t, sample(), records)
	require.ErrorContains(t, resumed.Writer.Record(4, nil, simulators.OK()), "nothing can follow")
	require.NoError(t, resumed.Writer.Finish())
	require.NoError(t, resumed.Close())
}

// full is a device with room for some bytes only.
type full struct {
	bytes.Buffer
	room int
}

func (f *full) Write(b []byte) (int, error) {
	n, _ := f.Buffer.Write(b[:min(len(b), f.room)])
	f.room -= n
	if n < len(b) {
		return n, io.ErrShortWrite
	}
	return n, nil
}
func (f *full) Sync() error  { return nil }
func (f *full) Close() error { return nil }

func TestFullDiskStopsTheJournalForGood(t *testing.T) {
	for room := range 100 {
		disk := &full{room: room}
		w := &Writer{path: "study.journal", file: disk}
		var failed error
		for _, r := range sample() {
			if err := w.Record(r.ID, r.Point, r.Result); err != nil {
				require.ErrorIs(t, err, io.ErrShortWrite)
				failed = err
				break
			}
		}
		require.Error(t, failed)
		disk.room = 1 << 20
		require.Equal(t, failed, w.Record(w.Len(), nil, simulators.OK()))
		require.Equal(t, failed, w.Finish())
		require.Equal(t, failed, w.Sync())
		require.NoError(t, w.Close())

		r, err := newReader(bytes.NewReader(append(appendHeader(nil, identity()), disk.Bytes()...)), "study.journal", identity(), bufferBytes)
		require.NoError(t, err)
		records, err := read(t, r)
		require.NoError(t, err)
		require.Len(t, records, w.Len())
	}
}
