package main

import (
	"testing"

	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestChip(t *testing.T) {
	chip, _, err := factory().Open(nil)
	if err != nil {
		t.Fatal(err)
	}
	simtest.Test(t, chip)
}
