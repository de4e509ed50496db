package main

import (
	"testing"

	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/simtest"
)

func TestChip(t *testing.T) {
	instance, err := Chip(simulators.Settings{})
	simtest.Test(t, instance, err)
}
