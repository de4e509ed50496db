package soc

import (
	"github.com/codesign-gym/codesign/env/space"
	"github.com/codesign-gym/codesign/simulators"
)

func (c *comprehensive) advise(p space.Point) []simulators.Advice { return nil }

const about = ""
