//go:build race

package dram_test

// raceDetector tells whether the race detector is on, which makes runs about ten times as long.
const raceDetector = true
