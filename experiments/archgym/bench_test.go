package archgym_test

import (
	"strings"
	"testing"
)

// BenchmarkRead reads a thousand lines of an agent's log.
func BenchmarkRead(b *testing.B) {
	const line = `0.5,"{'PagePolicy': 'Open', 'Scheduler': 'FrFcfs', 'SchedulerBuffer': 'Shared', 'RequestBufferSize': 8, 'RespQueue': 'Fifo', ` +
		`'RefreshPolicy': 'NoRefresh', 'RefreshMaxPostponed': 1, 'RefreshMaxPulledin': 8, 'Arbiter': 'Simple', 'MaxActiveTransactions': 128}",[0.25 2.5 90.]` + "\n"
	text := strings.Repeat(line, 1000)
	b.ReportAllocs()
	for b.Loop() {
		if err := table(b).Read("t.csv", strings.NewReader(text), false); err != nil {
			b.Fatal(err)
		}
	}
}
