package queue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/experiments/sweep"
)

// DefaultPrefix begins all subjects of a run, unless it is given another one.
const DefaultPrefix = "codesign"

// Sizes of batches. A message, JSON around the payload included, stays below half a MiB, which any NATS server takes.
const (
	batchTrials = 256
	batchBytes  = 384 << 10
	batchDelay  = 250 * time.Millisecond
	batchesKept = 4 // full ones that wait in a worker
)

// prefix begins the subjects of one run.
type prefix string

// CheckPrefix reports a subject prefix that cannot be used.
func CheckPrefix(text string) error {
	_, err := newPrefix(text)
	return err
}

// newPrefix checks a subject prefix.
func newPrefix(text string) (prefix, error) {
	if text == "" {
		return DefaultPrefix, nil
	}
	if ok, _ := regexp.MatchString(`^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$`, text); !ok || len(text) > 100 {
		return "", fmt.Errorf("subject prefix %q: 1 to 100 letters, digits, '-' and '_', with dots between them", text)
	}
	return prefix(text), nil
}

func (p prefix) subject(word string) string { return string(p) + "." + word }

// stream is the name of the stream with the run's work; a name has no dots.
func (p prefix) stream() string { return strings.ReplaceAll(string(p), ".", "_") + "_work" }

// consumer is the name of what all workers pull from.
const consumer = "workers"

// The verbs of a worker's requests, and "end", which the coordinator tells all.
const (
	verbHello   = "hello"
	verbWho     = "who"
	verbPlan    = "plan"
	verbOpen    = "open"
	verbRecords = "records"
	verbCommit  = "commit"
	verbPolicy  = "policy"
	verbFinish  = "finish"
	verbResult  = "result"
	verbBroken  = "broken"
	verbBye     = "bye"
	subjectEnd  = "end"
	subjectWork = "work"
)

// task is a message of the work queue: a study, or with Evaluation a design.
type task struct {
	Study      int         `json:"study"`
	Evaluation string      `json:"evaluation,omitempty"`
	Scenario   int         `json:"scenario,omitempty"`
	Point      space.Point `json:"point,omitempty"`
}

// request is what a worker asks; a payload may follow.
type request struct {
	Worker     string        `json:"worker,omitempty"`
	Study      int           `json:"study"`
	Token      string        `json:"token,omitempty"`      // of one delivery of the study
	Identity   string        `json:"identity,omitempty"`   // open: of the study
	From       int           `json:"from,omitempty"`       // records: the first trial; plan and policy: the first byte
	Played     *sweep.Played `json:"played,omitempty"`     // finish
	Trials     int           `json:"trials,omitempty"`     // finish: to which the study was to be played
	Evaluation string        `json:"evaluation,omitempty"` // result
	Error      string        `json:"error,omitempty"`      // broken

	Build   sweep.Build `json:"build,omitzero"`    // hello
	Catalog string      `json:"catalog,omitempty"` // hello: hash of the catalogue
}

// state is how the coordinator takes a request.
type state string

const (
	stateOK         state = "ok"
	stateLater      state = "later"      // not yet: ask again
	stateSuperseded state = "superseded" // somebody else has opened the study since
	stateGap        state = "gap"        // trials before these are missing: begin again
	stateOver       state = "over"       // the study, or the run, is over
	stateRefused    state = "refused"
)

// reply is the answer to a request; a payload may follow.
type reply struct {
	State     state  `json:"state"`
	Error     string `json:"error,omitempty"`
	Committed int    `json:"committed,omitempty"` // open
	Trials    int    `json:"trials,omitempty"`    // open: to which the study is to be played
	Run       *run   `json:"run,omitempty"`       // hello and who
}

// run describes a run to those who join it.
type run struct {
	Name     string        `json:"name"`
	Identity string        `json:"identity"`
	Host     string        `json:"host"` // of the coordinator
	Lease    time.Duration `json:"lease"`
	Plan     int           `json:"plan"` // bytes
}

// ending is what the coordinator tells all at the end.
type ending struct {
	Status sweep.Status `json:"status"`
	Error  string       `json:"error,omitempty"`
}

// encode puts a payload behind its head.
func encode(head any, payload []byte) []byte {
	line, err := json.Marshal(head)
	if err != nil {
		panic(fmt.Sprintf("queue: %T: %v", head, err)) // none of them holds what JSON cannot
	}
	return append(append(line, '\n'), payload...)
}

// decode takes head and payload apart.
func decode(data []byte, head any) (payload []byte, err error) {
	line, payload, ok := bytes.Cut(data, []byte{'\n'})
	if !ok {
		return nil, fmt.Errorf("a message of %d bytes without a head", len(data))
	}
	return payload, json.Unmarshal(line, head)
}
