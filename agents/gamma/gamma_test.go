package gamma

import (
	"testing"

	"github.com/codesign-gym/codesign/agents/agenttest"
)

func TestConformance(t *testing.T) { agenttest.Test(t, Factory()) }
