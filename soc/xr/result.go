package xr

// Outcome is what became of a frame. The zero value is Unfinished.
type Outcome uint8

// The outcomes. Crowded, Starved and Orphaned frames were dropped.
const (
	Unfinished Outcome = iota // XRBench profile: waiting or running when the run ended, or never entered
	Finished                  // by its deadline or after it
	Crowded                   // its deadline passed while its input was there, but no accelerator was free (or, with InTime, none would finish it in time)
	Starved                   // its deadline passed before the frame that it follows had finished
	Orphaned                  // the frame that it follows was dropped
	Skipped                   // it was never launched
)

// Dropped tells whether the frame was asked for and never ran.
func (o Outcome) Dropped() bool { return o == Crowded || o == Starved || o == Orphaned }

// String says it in words.
func (o Outcome) String() string {
	return nameOf("Outcome", "unfinished finished crowded starved orphaned skipped", uint8(o))
}

// Record is what became of a frame and when.
type Record struct {
	Outcome     Outcome
	Accelerator int     // where it ran; -1 = nowhere
	StartMS     float64 // when it started
	EndMS       float64 // when it finished or was dropped
	EnergyMJ    float64
}

// ModelResult is what became of a stream.
type ModelResult struct {
	Frames     int // launched
	Finished   int
	Late       int // of Finished: after their deadline
	Dropped    int
	Unfinished int // only in the XRBench profile

	RealTimeFrac, EnergyFrac float64 // means over the finished frames
	QoEFrac                  float64 // finished over finished and dropped
	ScoreFrac                float64 // part of the stream in the score of the scenario

	MeanLatencyMS, WorstLatencyMS float64 // from arrival to completion, finished frames
	EnergyMJ                      float64 // of all finished frames
}

// Result is a run. Its slices belong to the scratch of the run and hold until its next one.
type Result struct {
	ScoreFrac float64       // XRBench states 100 times this
	Models    []ModelResult // by stream
	Records   []Record      // by frame of the workload
	BusyMS    []float64     // by accelerator: time spent on frames that finished
	Finished  int
	Dropped   int
	EnergyMJ  float64 // of all finished frames
	EndMS     float64 // of the last event
}
