package dram

import (
	"crypto/sha256"
	"fmt"
	"io"

	"github.com/codesign-gym/codesign/dram/memory"
	"github.com/codesign-gym/codesign/dram/trace"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/files"
)

// formats are the syntaxes of trace files.
func formats() []trace.Format {
	return []trace.Format{trace.Auto, trace.DRAMSys, trace.DRAMSysRelative, trace.Ramulator, trace.DRAMsim3, trace.CSV}
}

// readRequests sets the requests: of the workload by name or, if the setting trace is not empty, of that file.
func (sc *scenario) readRequests(s simulators.Settings, burstBytes int) (err error) {
	if path := s.String("trace"); path != "" {
		sc.requests, sc.origin, err = readTrace(path, s.Int("requests"), trace.Options{
			Format: choose(formats(), s.String("trace_format")), GapCycles: int64(s.Int("trace_gap")), BurstBytes: uint64(burstBytes),
		})
		return err
	}
	work, err := trace.Lookup(s.String("workload"))
	if err != nil {
		return err
	}
	if n := s.Int("requests"); n > 0 {
		work.Requests = n
	}
	sc.maxOutstanding = work.MaxOutstanding
	sc.requests, err = trace.Collect(work.Open())
	return err
}

// readTrace reads the first requests of a trace file; 0 = all of them. The origin is that of the whole file.
func readTrace(path string, requests int, o trace.Options) (list []trace.Request, origin string, err error) {
	file, err := files.Open("trace", path, maxTraceBytes)
	if err != nil {
		return nil, "", err
	}
	defer file.Close() // only read
	sum := sha256.New()
	reader, err := trace.Open(path, io.TeeReader(file, sum), o)
	if err != nil {
		return nil, "", err
	}
	if list, err = collect(reader, path, requests, maxRequests); err != nil {
		return nil, "", err
	}
	if _, err := io.Copy(sum, file); err != nil { // what was not needed
		return nil, "", fmt.Errorf("setting trace: %w", err)
	}
	return list, files.Origin("trace", sum), nil
}

// collect reads the first requests of a file; 0 = all of them, of which there may be most.
func collect(source trace.Source, path string, requests, most int) ([]trace.Request, error) {
	wanted := requests
	if requests == 0 {
		wanted = most + 1
	}
	list, err := trace.Collect(trace.Prefix(source, wanted))
	if err != nil {
		return nil, err
	}
	if len(list) > most {
		return nil, fmt.Errorf("trace %s holds more than %d requests: serve the first of them with the setting requests", path, most)
	}
	if last := list[len(list)-1].Cycle; last > memory.MaxTraceCycle { // a file without requests is an error of its reader
		return nil, fmt.Errorf("trace %s: request %d arrives in clock %d: clocks of a trace are at most %d", path, len(list), last, int64(memory.MaxTraceCycle))
	}
	return list, nil
}
