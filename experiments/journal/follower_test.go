package journal

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// follow is everything that a walk of a follower gives.
func follow(f *Follower) (records []Record, err error) {
	for rec, err := range f.Records() {
		if err != nil {
			return records, err
		}
		records = append(records, rec)
	}
	return records, nil
}

// TestFollowerReadsEachRecordOnceAtEveryLength grows a journal byte by byte, as a reader may see one that is being written.
func TestFollowerReadsEachRecordOnceAtEveryLength(t *testing.T) {
	whole, err := os.ReadFile(write(t, sample(), true))
	require.NoError(t, err)
	path := filepath.Join(t.TempDir(), "study.journal")
	f := Follow(path, identity())
	records, err := follow(f)
	require.NoError(t, err, "a study that has not begun")
	require.Empty(t, records)
	ends := bounds(true)
	for length := range len(whole) + 1 {
		require.NoError(t, os.WriteFile(path, whole[:length], 0o644))
		more, err := follow(f)
		require.NoError(t, err)
		records = append(records, more...)
		frames, _ := wholeFrames(ends, length)
		require.Len(t, records, min(max(frames, 0), len(sample())), "at %d bytes", length)
		require.Equal(t, len(records), f.Len())
		require.Equal(t, length == len(whole), f.Complete())
	}
	require.Equal(t, sample(), records)
	more, err := follow(f)
	require.NoError(t, err)
	require.Empty(t, more, "behind the end there is nothing")
}

func TestFollowerTakesUpAWalkThatWasLeft(t *testing.T) {
	f := Follow(write(t, sample(), true), nil)
	var ids []int
	for range sample() {
		for rec, err := range f.Records() {
			require.NoError(t, err)
			ids = append(ids, rec.ID)
			break
		}
	}
	require.Equal(t, []int{0, 1, 2, 3}, ids)
	require.False(t, f.Complete(), "the mark of the end is behind the last record")
	_, err := follow(f)
	require.NoError(t, err)
	require.True(t, f.Complete())
}

// TestFollowerOutlivesATornTail is a run that was killed, resumed and finished: Resume cuts the tail off that the follower has waited at.
func TestFollowerOutlivesATornTail(t *testing.T) {
	path := write(t, sample()[:2], false)
	require.NoError(t, os.WriteFile(path, append(contents(t, path), 9, 0, 0, 0, 1, 2), 0o644))
	f := Follow(path, identity())
	records, err := follow(f)
	require.NoError(t, err)
	require.Len(t, records, 2)
	r, err := Resume(path, identity())
	require.NoError(t, err)
	require.Equal(t, int64(6), r.DroppedBytes)
	require.NoError(t, r.Writer.Record(2, sample()[2].Point, sample()[2].Result))
	require.NoError(t, r.Close())
	records, err = follow(f)
	require.NoError(t, err)
	require.Equal(t, sample()[2:3], records)
}

func TestFollowerReportsDamageAndStrangers(t *testing.T) {
	path := write(t, sample(), true)
	whole := contents(t, path)
	_, err := follow(Follow(path, []byte("another")))
	var other *IdentityError
	require.ErrorAs(t, err, &other)

	damaged := append([]byte(nil), whole...)
	damaged[bounds(true)[1]+6] ^= 1 // in the second record
	require.NoError(t, os.WriteFile(path, damaged, 0o644))
	f := Follow(path, identity())
	records, err := follow(f)
	var corrupt *CorruptError
	require.ErrorAs(t, err, &corrupt)
	require.Len(t, records, 1)

	require.NoError(t, os.WriteFile(path, whole, 0o644))
	f = Follow(path, identity())
	_, err = follow(f)
	require.NoError(t, err)
	path = write(t, sample(), false)
	f = Follow(path, identity())
	_, err = follow(f)
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(path, whole[:bounds(true)[1]], 0o644))
	_, err = follow(f)
	require.EqualError(t, err, "journal: "+path+": 77 bytes where 170 were read before: it was replaced")
}

func contents(t *testing.T, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	require.NoError(t, err)
	return b
}
