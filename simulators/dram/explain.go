package dram

import (
	"encoding/json"

	"github.com/codesign-gym/codesign/dram"
	"github.com/codesign-gym/codesign/dram/device"
	"github.com/codesign-gym/codesign/dram/jedec"
	"github.com/codesign-gym/codesign/simulators"
)

// maxListed bounds the command trace that explains a design.
const maxListed = 100_000

// explain shows what the controller did: the commands, a timeline of the first of them, and the statistics.
func explain(d design) ([]simulators.Artifact, error) {
	d, err := d.located()
	if err != nil {
		return nil, err
	}
	var commands []device.Issued
	listed, total := []byte(jedec.Header+"\n"), 0
	stats, err := d.run(func(i device.Issued) {
		if total++; total <= maxListed {
			listed = jedec.AppendCSV(listed, i)
		}
		if len(commands) < maxDrawn {
			commands = append(commands, i)
		}
	})
	if err != nil {
		return nil, err
	}
	summary, err := summarise(&stats, total)
	if err != nil {
		return nil, err
	}
	return []simulators.Artifact{
		{Name: "commands.csv", MediaType: "text/csv", Data: listed},
		{Name: "timeline.svg", MediaType: "image/svg+xml", Data: timeline(d.Map.Geometry(), commands)},
		{Name: "summary.json", MediaType: "application/json", Data: summary},
	}, nil
}

// summarise is the whole statistics as JSON, each rank's counts included.
func summarise(s *dram.Stats, commands int) ([]byte, error) {
	counts := map[string]int64{}
	for c, n := range s.Commands {
		if n > 0 {
			counts[device.Command(c).String()] = n
		}
	}
	text, err := json.MarshalIndent(struct {
		CommandsIssued int
		CommandsListed int
		CommandCounts  map[string]int64
		Stats          *dram.Stats
	}{commands, min(commands, maxListed), counts, s}, "", "  ")
	return append(text, '\n'), err
}
