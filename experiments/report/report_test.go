package report_test

import (
	"bytes"
	"os"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/codesign-gym/codesign/experiments/report"
)

func TestDump(t *testing.T) {
	for name, s := range map[string]report.Sweep{"small": sample(5, 5, 2000), "large": sample(40, 10, 20000), "tiny": sample(1, 1, 6)} {
		var b, c bytes.Buffer
		require.NoError(t, report.Table(&b, s))
		require.NoError(t, report.HTML(&c, s))
		os.WriteFile(os.Getenv("DUMP")+"/"+name+".txt", b.Bytes(), 0o644)
		os.WriteFile(os.Getenv("DUMP")+"/"+name+".html", c.Bytes(), 0o644)
	}
}
