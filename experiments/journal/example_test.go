package journal_test

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/journal"
	"github.com/codesign-gym/codesign/simulators"
)

// A study is killed in the middle of its third record, and resumed.
func Example() {
	folder, err := os.MkdirTemp("", "journal")
	if err != nil {
		fmt.Println(err)
		return
	}
	defer os.RemoveAll(folder)
	path, identity := filepath.Join(folder, "study.journal"), []byte("hash of file, study and binary")

	w, err := journal.Create(path, identity)
	for id := 0; id < 3 && err == nil; id++ {
		err = w.Record(id, space.Point{id, 1}, simulators.OK(10*float64(id)))
	}
	if err != nil {
		fmt.Println(err)
		return
	}
	w.Close()
	info, _ := os.Stat(path)
	os.Truncate(path, info.Size()-3)

	resumed, err := journal.Resume(path, identity)
	if err != nil {
		fmt.Println(err)
		return
	}
	defer resumed.Close()
	fmt.Println("kept", resumed.Kept, "records, dropped", resumed.DroppedBytes, "bytes")
	for r, err := range resumed.Reader.Records() {
		fmt.Println(r.ID, r.Point, r.Result.Values, err)
	}
	fmt.Println(resumed.Writer.Record(2, space.Point{2, 1}, simulators.OK(20)), resumed.Writer.Finish())
	// Output:
	// kept 2 records, dropped 19 bytes
	// 0 [0 1] [0] <nil>
	// 1 [1 1] [10] <nil>
	// <nil> <nil>
}
