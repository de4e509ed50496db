package journal

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func TestBatchesHoldWhatJournalsHold(t *testing.T) {
	records := []Record{
		{ID: 7, Point: space.Point{1, 0, 300}, Result: simulators.OK(1.5, -2)},
		{ID: 8, Point: space.Point{}, Result: simulators.Infeasible("too large", 0.25)},
		{ID: 9, Point: space.Point{2}, Result: simulators.Failed("panic: x")},
	}
	var batch []byte
	for _, rec := range records {
		batch = Append(batch, rec)
	}
	var got []Record
	for rec, err := range Frames(batch) {
		require.NoError(t, err)
		got = append(got, rec)
	}
	require.Equal(t, records, got)
	for range Frames(batch) {
		break // and the walk ends
	}

	for _, bad := range []struct {
		name  string
		batch []byte
		want  string
	}{
		{"cut short", batch[:len(batch)-1], "has no whole record at byte "},
		{"a changed bit", append([]byte{batch[0] ^ 1}, batch[1:]...), "has no whole record at byte 0"},
		{"a mark of the end", appendComplete(nil, 3), "byte 0 of a batch: a mark of a finished study is no record"},
	} {
		t.Run(bad.name, func(t *testing.T) {
			var last error
			for _, err := range Frames(bad.batch) {
				last = err
			}
			require.ErrorContains(t, last, bad.want)
		})
	}
}
