package trace_test

import (
	"fmt"
	"strings"

	"github.com/codesign-gym/codesign/dram/trace"
)

func ExampleLookup() {
	w, err := trace.Lookup("hotrow")
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(w.Requests, w.Doc)
	source := trace.Prefix(w.Open(), 3)
	for r, ok := source.Next(); ok; r, ok = source.Next() {
		fmt.Printf("%d write=%v %#x\n", r.Cycle, r.Write, r.Address)
	}
	// Output:
	// 10000 reads and a quarter of writes to four rows of each of 16 banks, one every 8 clocks
	// 0 write=false 0x61000
	// 8 write=false 0x3ba40
	// 16 write=false 0x741c0
}

func ExampleSynthetic() {
	w, err := trace.Synthetic{Kind: trace.Cloud1, Requests: 1000, GapCycles: 4, WriteFrac: 0.25}.Workload()
	if err != nil {
		fmt.Println(err)
		return
	}
	list, _ := trace.Collect(w.Open())
	fmt.Println(w.Name, len(list), list[len(list)-1].Cycle)
	// Output: cloud-1-rw 1000 3996
}

func ExampleOpen() {
	file := "# clock, operation, address\n0:\tread\t0x0\n3:\twrite\t0x40\n2:\tread\t0x80\n"
	source, err := trace.Open("mine.stl", strings.NewReader(file), trace.Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	for r, ok := source.Next(); ok; r, ok = source.Next() {
		fmt.Println(r)
	}
	fmt.Println(source.Err())
	// Output:
	// {0 0 false}
	// {3 64 true}
	// trace: mine.stl: line 4: clock "2" is before the clock 3 of the request above; a line is "CLOCK: [(BYTES)] read|write HEXADDRESS [0xDATA]" with CLOCK and ADDRESS below 2^63, clocks in order
}
