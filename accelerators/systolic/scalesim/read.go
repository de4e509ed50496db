package scalesim

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

const (
	maxLineBytes = 1 << 16
	maxLines     = 10_000
	maxErrors    = 10 // reported at once
)

// ReadConfig reads a configuration file; name is the file's in errors. Mistakes are reported together, with their lines.
func ReadConfig(name string, r io.Reader) (Config, error) {
	p := configReader{name: name, config: Default(), seen: map[string]int{}, values: map[string]string{}}
	scanner := bufio.NewScanner(r)
	scanner.Buffer(make([]byte, 0, 4096), maxLineBytes)
	for len(p.errs) < maxErrors && scanner.Scan() {
		if p.line++; p.line > maxLines {
			p.fail("more than %d lines", maxLines)
			break
		}
		p.text(strings.TrimSpace(strings.TrimPrefix(scanner.Text(), "\ufeff")))
	}
	if err := scanner.Err(); err != nil {
		p.line++
		if errors.Is(err, bufio.ErrTooLong) {
			err = fmt.Errorf("a line longer than %d bytes", maxLineBytes)
		}
		p.fail("%w", err)
	}
	if p.config.Sparse {
		p.sparsity()
	}
	if err := errors.Join(p.errs...); err != nil {
		return Config{}, err
	}
	var missing []string
	for _, key := range []string{"arrayheight", "arraywidth", "ifmapsramszkb", "filtersramszkb", "ofmapsramszkb", "dataflow"} {
		if p.seen["architecture_presets."+key] == 0 {
			missing = append(missing, key)
		}
	}
	if missing != nil {
		return Config{}, fmt.Errorf("%s: section architecture_presets has no %s", name, strings.Join(missing, ", "))
	}
	if err := p.config.Check(); err != nil {
		return Config{}, fmt.Errorf("%s: %w", name, err)
	}
	return p.config, nil
}

// configReader is the state between lines.
type configReader struct {
	name    string
	config  Config
	section string
	seen    map[string]int    // section.key: its line
	values  map[string]string // of the section sparsity, which count if there is sparsity
	line    int
	errs    []error
}

// fail records a mistake of the current line.
func (p *configReader) fail(format string, args ...any) {
	p.errs = append(p.errs, fmt.Errorf("%s:%d: %w", p.name, p.line, fmt.Errorf(format, args...)))
}

// text reads one line.
func (p *configReader) text(line string) {
	if line == "" || line[0] == '#' || line[0] == ';' {
		return
	}
	if line[0] == '[' {
		section, _, closed := strings.Cut(line[1:], "]")
		if !closed {
			p.fail("section %q has no closing bracket", line)
			return
		}
		p.section = strings.ToLower(strings.TrimSpace(section))
		return
	}
	at := strings.IndexAny(line, "=:")
	if at < 1 {
		p.fail("%.60q is neither a section, nor key = value", line)
		return
	}
	if p.section == "" {
		p.fail("%.60q stands before the first section", line)
		return
	}
	key := p.section + "." + strings.ToLower(strings.TrimSpace(line[:at]))
	if before := p.seen[key]; before > 0 {
		p.fail("%s is given twice, before in line %d", key, before)
		return
	}
	p.seen[key] = p.line
	p.set(key, strings.TrimSpace(line[at+1:]))
}

// set takes one value.
func (p *configReader) set(key, value string) {
	c := &p.config
	integer := func(into *int) {
		v, err := strconv.Atoi(value)
		if err != nil || v < 1 || v > 1<<30 {
			p.fail("%s = %.60q: want a whole number of at least 1", key, value)
		}
		*into = v
	}
	offset := func(into *int64) {
		v, err := strconv.ParseInt(value, 10, 64)
		if err != nil || v < 0 {
			p.fail("%s = %.60q: want a whole number of at least 0", key, value)
		}
		*into = v
	}
	switch key {
	case "general.run_name":
		c.RunName = strings.Trim(value, `"`)
	case "architecture_presets.arrayheight":
		integer(&c.Rows)
	case "architecture_presets.arraywidth":
		integer(&c.Cols)
	case "architecture_presets.ifmapsramszkb":
		integer(&c.IfmapSRAMKiB)
	case "architecture_presets.filtersramszkb":
		integer(&c.FilterSRAMKiB)
	case "architecture_presets.ofmapsramszkb":
		integer(&c.OfmapSRAMKiB)
	case "architecture_presets.ifmapoffset":
		offset(&c.IfmapOffsetBytes)
	case "architecture_presets.filteroffset":
		offset(&c.FilterOffsetBytes)
	case "architecture_presets.ofmapoffset":
		offset(&c.OfmapOffsetBytes)
	case "architecture_presets.bandwidth":
		for _, word := range strings.Split(value, ",") {
			v := 0
			value = strings.TrimSpace(word)
			integer(&v)
			c.BandwidthWords = append(c.BandwidthWords, v)
		}
	case "architecture_presets.dataflow":
		if err := c.Dataflow.UnmarshalText([]byte(value)); err != nil {
			p.fail("%s: %w", key, err)
		}
	case "run_presets.interfacebandwidth":
		if !slices.Contains([]string{"CALC", "USER"}, value) {
			p.fail("%s = %.60q: want CALC or USER", key, value)
		}
		c.UserBandwidth = value == "USER"
	case "sparsity.sparsitysupport":
		c.Sparse = p.truth(key, value)
	case "run_presets.useramulatortrace":
		c.RamulatorTrace = p.truth(key, value)
	case sparseRep, optimizedMapping, blockSize, randomSeed:
		p.values[key] = value
	default:
		if !slices.Contains(otherKeys(), key) {
			c.Ignored = append(c.Ignored, key)
		}
	}
}

// truth reads true or false.
func (p *configReader) truth(key, value string) bool {
	word := strings.ToLower(value)
	if word != "true" && word != "false" {
		p.fail("%s = %.60q: want true or false", key, value)
	}
	return word == "true"
}

// Keys of the section sparsity.
const (
	sparseRep        = "sparsity.sparserep"
	optimizedMapping = "sparsity.optimizedmapping"
	blockSize        = "sparsity.blocksize"
	randomSeed       = "sparsity.randomnumbergeneratorseed"
)

// sparsity takes the values of the section, the block only with the optimised mapping.
func (p *configReader) sparsity() {
	s := &p.config.Sparsity
	if value, given := p.value(sparseRep); given {
		if err := s.Representation.UnmarshalText([]byte(value)); err != nil {
			p.fail("%s: %w", sparseRep, err)
		}
	}
	if value, given := p.value(randomSeed); given {
		seed, err := strconv.ParseUint(value, 10, 32)
		if err != nil {
			p.fail("%s = %.60q: want a whole number of at least 0, below 2³²", randomSeed, value)
		}
		s.Seed = uint32(seed)
	}
	if value, given := p.value(optimizedMapping); !given || !p.truth(optimizedMapping, value) {
		return
	}
	value, given := p.value(blockSize)
	block, err := strconv.Atoi(value)
	if !given || err != nil || block < 2 {
		p.fail("%s = %.60q: OptimizedMapping needs an even number of depths", blockSize, value)
	}
	s.RowWiseBlock = block
}

// value is one of the section, and its line that of mistakes from now on.
func (p *configReader) value(key string) (value string, given bool) {
	if value, given = p.values[key]; given {
		p.line = p.seen[key]
	}
	return value, given
}

// otherKeys are keys of SCALE-Sim that change nothing in mode CALC.
func otherKeys() (keys []string) {
	for _, operand := range []string{"ifmap", "filter"} {
		for _, key := range []string{"customlayout", "srambankbandwidth", "srambanknum", "srambankport"} {
			keys = append(keys, "layout."+operand+key)
		}
	}
	return append(keys, "architecture_presets.readrequestbuffer", "architecture_presets.writerequestbuffer", "architecture_presets.memorybanks",
		"network_presets.topologycsvloc")
}
