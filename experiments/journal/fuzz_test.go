package journal

import (
	"bytes"
	"errors"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

// FuzzJournal reads arbitrary bytes behind a header, and every journal that they turn out to be, cut at an arbitrary length.
func FuzzJournal(f *testing.F) {
	var whole []byte
	for _, r := range sample() {
		whole = appendRecord(whole, r.ID, r.Point, &r.Result)
	}
	f.Add(whole, 40, true)
	f.Add(appendComplete(whole, len(sample())), 90, true)
	f.Add(appendHeader(nil, identity()), 0, false)
	f.Fuzz(func(t *testing.T, b []byte, cut int, headed bool) {
		if headed {
			b = append(appendHeader(nil, identity()), b...)
		}
		records, err := readBytes(t, b)
		if corrupt, ok := errors.AsType[*CorruptError](err); ok {
			require.GreaterOrEqual(t, len(b), int(corrupt.Offset))
		}
		if err != nil || len(b) == 0 {
			return
		}
		prefix, err := readBytes(t, b[:max(0, cut)%len(b)])
		require.NoError(t, err)
		require.LessOrEqual(t, len(prefix), len(records))
		for i, r := range prefix { // compared as bytes: NaN differs from itself
			require.Equal(t, appendRecord(nil, records[i].ID, records[i].Point, &records[i].Result), appendRecord(nil, r.ID, r.Point, &r.Result))
		}
	})
}

func readBytes(t *testing.T, b []byte) ([]Record, error) {
	r, err := newReader(bytes.NewReader(b), "fuzz.journal", identity(), bufferBytes)
	if err != nil {
		return nil, err
	}
	records, err := read(t, r)
	require.LessOrEqual(t, cap(r.frame), max(maxFrame, 64))
	return records, err
}

// FuzzFrames: whatever a batch holds, its records are those that it was made of.
func FuzzFrames(f *testing.F) {
	f.Add([]byte{})
	f.Add(Append(nil, Record{ID: 3, Point: space.Point{1, 200}, Result: simulators.OK(1, 2)}))
	f.Add(Append(Append(nil, Record{Result: simulators.Failed("no")}), Record{ID: 1, Result: simulators.Infeasible("no", 1)}))
	f.Fuzz(func(t *testing.T, batch []byte) {
		var again []byte
		for rec, err := range Frames(batch) {
			if err != nil {
				return
			}
			again = Append(again, rec)
		}
		for rec, err := range Frames(again) {
			if err != nil {
				t.Fatalf("record %d: %v", rec.ID, err)
			}
		}
	})
}
