package report

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	tableWidth     = 100 // columns
	terminalAgents = 24  // settings beyond which a terminal shows the lottery and the best of them
	labelWidth     = 14  // of the agents' column at least, even if the table gets wider than tableWidth
	wordWidth      = 32  // up to here a word of that column is not cut, either
	columnGap      = 2
)

// Table writes the terminal table: for each scenario what was asked, a line an agent, and the best design. It writes nothing when the sweep
// is not consistent.
func Table(w io.Writer, s Sweep) error {
	if err := s.check(); err != nil {
		return err
	}
	var out bytes.Buffer
	for _, scenario := range s.Scenarios {
		writeScenario(&out, scenario)
	}
	for _, extra := range s.Extras {
		writeExtra(&out, extra)
	}
	for _, note := range s.Notes {
		fmt.Fprintf(&out, "note: %s\n", printable(note))
	}
	if s.Command != "" {
		fmt.Fprintf(&out, "run again: %s\n", printable(s.Command))
	}
	_, err := w.Write(out.Bytes())
	return err
}

func writeScenario(out *bytes.Buffer, scenario Scenario) {
	scored := scenario.measure()
	summaries, _ := summarise(scenario, scored, nil)
	fmt.Fprintf(out, "%s: %s\n%s\n", printable(scenario.Name), printable(scenario.Model()), printable(problem(scenario)))
	if law := scoreLaw(scenario); law != "" {
		fmt.Fprintln(out, law)
	}
	out.WriteByte('\n')
	if scenario.trials() == 0 {
		out.WriteString("no study has begun\n\n")
		return
	}
	if contenders := scenario.contenders(scored); len(scenario.Agents) > terminalAgents && lottery(contenders) {
		rows := lotteries(scenario, contenders, scored)
		writeColumns(out, lotteryColumns(rows, scored, scenario.goals(contenders, scored)))
		out.WriteByte('\n')
		summaries = fewest(scored, summaries)
		fmt.Fprintf(out, "the best %d of %d settings:\n\n", len(summaries), len(scenario.Agents))
	}
	writeColumns(out, columns(scored, summaries))
	fmt.Fprintf(out, "\n%s\n\n", printable(bestLine(scenario, scored, summaries)))
	if table := comparison(scenario, summaries); table != nil {
		writeColumns(out, table)
		out.WriteByte('\n')
	}
}

// fewest keeps the summaries that a terminal shows of very many: the best by median, and the winner.
func fewest(scored measure, summaries []summary) []summary {
	const most = 10
	best, found := winner(scored.Minimise, summaries)
	var list []summary
	for _, i := range rank(scored.Minimise, summaries)[:min(most, len(summaries))] {
		list = append(list, summaries[i])
	}
	if found && !slices.ContainsFunc(list, func(s summary) bool { return s.Label == best.Label }) {
		list[len(list)-1] = best
	}
	return list
}

// lotteryColumns is the table of the lottery.
func lotteryColumns(rows []lotteryRow, scored measure, goals []goal) []column {
	table := []column{{head: "agent"}, {head: "settings"}}
	for _, head := range []string{"best", "quartile", "median", "quartile", "worst"} {
		table = append(table, column{head: head, under: scored.Under})
	}
	for _, g := range goals {
		table = append(table, column{head: "chance of", under: g.Name})
	}
	for _, r := range rows {
		cells := []string{r.Label, strconv.Itoa(r.Settings), score(r.Best), score(r.High), score(r.Lottery.Median), score(r.Low), score(r.Worst)}
		for _, chance := range r.Chances {
			cells = append(cells, share(chance))
		}
		for i := range table {
			table[i].cells = append(table[i].cells, printable(cells[i]))
		}
	}
	return table
}

// scoreLaw says what the score is where the objectives do not; empty where they do.
func scoreLaw(scenario Scenario) string {
	if !scenario.several() {
		return ""
	}
	return "volume: the hypervolume of a seed's front, as a part of the box around the fronts of all seeds"
}

// bestLine is the best score in one line, with its design or the size of the joint front.
func bestLine(scenario Scenario, scored measure, summaries []summary) string {
	best, ok := winner(scored.Minimise, summaries)
	if !ok {
		return "best: no design meets the spec yet"
	}
	if scenario.several() {
		return fmt.Sprintf("best: %s %s by %s, repeat %d; joint front of all seeds: %s",
			scored.Name, score(best.Best), best.Label, best.BestRun.Repeat, Counted(scenario.FrontSize, "design"))
	}
	line := fmt.Sprintf("best: %s by %s, repeat %d%s", withUnit(best.bestScore(), scored.Unit), best.Label, best.BestRun.Repeat, beaten(scored, best))
	if len(best.BestRun.BestDesign) == 0 {
		return line
	}
	return line + ": " + pairs(best.BestRun.BestDesign)
}

// column is one column of a text table: two lines of heading and one cell a row.
type column struct {
	head, under string
	cells       []string
}

// columns is the table of the agents; the regret is shown where an optimum is known.
func columns(scored measure, summaries []summary) []column {
	var table []column
	add := func(head, under string, cell func(summary) string) {
		c := column{head: head, under: under}
		for _, s := range summaries {
			c.cells = append(c.cells, printable(cell(s)))
		}
		table = append(table, c)
	}
	add("agent", "", func(s summary) string { return s.Label })
	add("best", scored.Under, func(s summary) string { return score(s.Best) })
	add("median", scored.Under, func(s summary) string { return score(s.Median) })
	add("95 % interval", scored.Under, func(s summary) string { return interval(s.Interval) })
	if scored.Optimum != nil {
		add("regret", "(optimal)", func(s summary) string { return s.Regret })
	}
	add("trials to", "spec", spec)
	add("unique", "designs", func(s summary) string { return strconv.Itoa(s.Unique) })
	add("failed", "", func(s summary) string { return strconv.Itoa(s.Failed) })
	add("agent", "time", func(s summary) string { return Seconds(s.AgentS) })
	add("sim", "time", func(s summary) string { return Seconds(s.SimulatorS) })
	return table
}

// width is the widest text of the column.
func (c column) width() int {
	widest := max(utf8.RuneCountInString(c.head), utf8.RuneCountInString(c.under))
	for _, cell := range c.cells {
		widest = max(widest, utf8.RuneCountInString(cell))
	}
	return widest
}

// writeColumns aligns the first column left, wrapped into the room that the other ones leave, and the others right.
func writeColumns(out *bytes.Buffer, table []column) {
	widths := make([]int, len(table))
	room := tableWidth
	for i, c := range table[1:] {
		widths[i+1] = c.width()
		room -= widths[i+1] + columnGap
	}
	widths[0] = min(table[0].width(), max(labelWidth, room, min(wordWidth, longestWord(table[0].cells))))
	writeLine := func(cells func(column) string) {
		line := fmt.Sprintf("%-*s", widths[0], cells(table[0]))
		for i, c := range table[1:] {
			line += fmt.Sprintf("%*s", columnGap+widths[i+1], cells(c))
		}
		out.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	writeLine(func(c column) string { return c.head })
	if slices.ContainsFunc(table, func(c column) bool { return c.under != "" }) {
		writeLine(func(c column) string { return c.under })
	}
	for row, label := range table[0].cells {
		lines := wrapText(label, widths[0])
		table[0].cells[row] = lines[0]
		writeLine(func(c column) string { return c.cells[row] })
		for _, line := range lines[1:] {
			out.WriteString(line + "\n")
		}
	}
}

// longestWord is how wide a column must be to cut no word: those of later lines are indented.
func longestWord(cells []string) int {
	longest := 0
	for _, cell := range cells {
		for i, word := range strings.Fields(cell) {
			longest = max(longest, utf8.RuneCountInString(word)+min(i, 1))
		}
	}
	return longest
}

// wrapText breaks text at spaces into lines of at most width runes, the later ones indented; words that are too long are cut. There is always
// one line.
func wrapText(text string, width int) []string {
	const indent = " "
	var lines []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && line != indent && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) <= width {
			line += " " + word
			continue
		}
		if line != "" {
			lines = append(lines, line)
			line = indent
		}
		line += word
		for utf8.RuneCountInString(line) > width {
			runes := []rune(line)
			lines = append(lines, string(runes[:width]))
			line = indent + string(runes[width:])
		}
	}
	return append(lines, line)
}
