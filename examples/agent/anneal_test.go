package main

import (
	"testing"

	"github.com/codesign-gym/codesign/agents/agenttest"
)

func TestAnneal(t *testing.T) { agenttest.Test(t, factory()) }
