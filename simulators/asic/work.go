package asic

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"os"
	"slices"
	"sync"

	"github.com/codesign-gym/codesign/accelerators/dataflow"
	"github.com/codesign-gym/codesign/accelerators/dnn"
	"github.com/codesign-gym/codesign/simulators"
	"github.com/codesign-gym/codesign/simulators/networks"
)

const (
	// maxNetworkBytes bounds a network file.
	maxNetworkBytes = 16 << 20

	// minClockMHz and maxClockMHz bound the clock.
	minClockMHz, maxClockMHz = 1, 10000
)

// work is a layer with the number of times that it runs.
type work struct {
	layer  dataflow.Layer
	bits   widths
	copies int64
}

// scenario is what the settings fix. It is shared by evaluations and read-only but for the pool.
type scenario struct {
	work    []work
	profile dataflow.Profile
	area    dataflow.AreaTable
	power   dataflow.AreaTable
	common  dataflow.Hardware // off-chip bandwidth, hops, lanes
	clockNS float64           // a cycle
	divides bool              // multipliers divide into narrower ones
	network *dnn.Network      // of the settings; nil = a file of MAESTRO
	scratch *sync.Pool        // of *dataflow.Scratch: a quarter of a megabyte that each evaluation would clear and drop
}

// settings are those of the simulators of a given network.
func settings() []simulators.Setting {
	return slices.Concat(networks.Settings(), []simulators.Setting{
		{Name: "network_file", Doc: "MAESTRO network file to run, network left out; its mappings are ignored; empty = none", Default: ""},
		{Name: "chained", Doc: "refuse a network_file whose layers cannot read each the output of the one before; not for branches", Default: false},
	}, hardwareSettings())
}

// hardwareSettings are those of all simulators.
func hardwareSettings() []simulators.Setting {
	return []simulators.Setting{
		{Name: "profile", Doc: "what hardware does, or MAESTRO's own numbers", Default: "physical", Allowed: []string{"physical", "maestro"}},
		{Name: "area_table", Doc: "areas of PEs and buffers: MAESTRO's of today, its older one, with which NASAIC's published areas come out, or GAMMA's of PEs and buffers alone; powers are always today's",
			Default: "maestro-28nm", Allowed: areas()},
		{Name: "offchip_bandwidth", Unit: "elements/cycle", Doc: "off-chip link; 0 = does not limit", Default: 0, Min: 0, Max: dataflow.MaxSize},
		{Name: "clock_mhz", Unit: "MHz", Doc: "clock of PEs and network", Default: 1000.0, Min: minClockMHz, Max: maxClockMHz},
	}
}

func areas() (names []string) {
	for _, t := range dataflow.AreaTables() {
		names = append(names, t.Name)
	}
	return names
}

// newHardware resolves the settings of the hardware: a scenario without work.
func newHardware(s simulators.Settings) (sc *scenario, err error) {
	sc = &scenario{
		power: dataflow.Area28(), common: dataflow.Hardware{OffchipBandwidth: s.Int("offchip_bandwidth")}, clockNS: 1e3 / s.Float("clock_mhz"),
		scratch: &sync.Pool{New: func() any { return new(dataflow.Scratch) }},
	}
	if err := sc.profile.UnmarshalText([]byte(s.String("profile"))); err != nil {
		return nil, err
	}
	sc.area, err = dataflow.LookupArea(s.String("area_table"))
	return sc, err
}

// newScenario resolves the settings; origin tells apart files that the settings only name, for the version.
func newScenario(s simulators.Settings) (sc *scenario, origin string, err error) {
	if sc, err = newHardware(s); err != nil {
		return nil, "", err
	}
	if err := networks.Check(s); err != nil {
		return nil, "", err
	}
	path := s.String("network_file")
	for _, other := range []struct{ name, otherwise string }{{"network", networks.Default}, {"onnx", ""}} {
		if v := s.String(other.name); path != "" && v != other.otherwise {
			return nil, "", fmt.Errorf("settings %s = %q and network_file = %q exclude each other: leave one of them out", other.name, v, path)
		}
	}
	if path != "" {
		sc.work, origin, err = fromFile(path, s.Bool("chained"))
		return sc, origin, err
	}
	if s.Bool("chained") {
		return nil, "", errors.New("setting chained = true needs a file: set network_file, or leave chained out")
	}
	n, origin, err := networks.Load(s)
	if err != nil {
		return nil, "", err
	}
	sc.network = &n
	if sc.work, err = fromNetwork(n); err == nil && len(sc.work) == 0 {
		err = fmt.Errorf("network %q has no layer with multiply-accumulates", n.Name)
	}
	return sc, origin, err
}

// features describe the network; nil = there are none of a file of MAESTRO, whose layers have no kinds.
func (sc *scenario) features() func() []simulators.Feature {
	if sc.network == nil {
		return nil
	}
	return func() []simulators.Feature { return networks.Features(*sc.network) }
}

// fromNetwork lists the layers with multiply-accumulates of a network.
func fromNetwork(n dnn.Network) (list []work, err error) {
	for _, l := range n.Layers {
		layer, copies, ok, err := dataflow.FromDNN(l)
		if err != nil {
			return nil, err
		}
		if ok {
			list = append(list, work{layer, widthsOf(l), copies})
		}
	}
	return list, nil
}

// fromFile lists the layers of a MAESTRO network file, which must chain where that is asked for.
func fromFile(path string, chained bool) (list []work, origin string, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return nil, "", fmt.Errorf("network_file: %w", err)
	}
	if !info.Mode().IsRegular() || info.Size() > maxNetworkBytes {
		return nil, "", fmt.Errorf("network_file %s is not a regular file of at most %d bytes", path, maxNetworkBytes)
	}
	source, err := os.ReadFile(path)
	if err != nil {
		return nil, "", fmt.Errorf("network_file: %w", err)
	}
	n, err := dataflow.ReadNetwork(path, bytes.NewReader(source))
	if err != nil {
		return nil, "", err
	}
	if chained {
		n.Name = path
		if err := n.CheckChain(); err != nil {
			return nil, "", err
		}
	}
	for _, l := range n.Layers {
		list = append(list, work{layer: l.Layer, copies: 1})
	}
	sum := sha256.Sum256(source)
	return list, "+network." + hex.EncodeToString(sum[:6]), nil
}

// merged joins layers of one shape and width: they cost the same under one mapping.
func merged(list []work) (distinct []work) {
	at := map[work]int{}
	for _, w := range list {
		shape := w
		shape.layer.Name, shape.copies = "", 0
		if i, known := at[shape]; known {
			distinct[i].copies += w.copies
			continue
		}
		at[shape] = len(distinct)
		distinct = append(distinct, w)
	}
	return distinct
}

// totals are sums over the layers of a network.
type totals struct {
	cycles, macs   int64
	energyMACs     float64
	offchipBytes   int64
	l1Need, l2Need int64 // the largest
}

// errOverflow is a network whose counts do not fit.
var errOverflow = errors.New("the network's counts exceed 2^62")

// add takes all copies of a layer into account.
func (t *totals) add(s dataflow.Stats, w work) error {
	for _, sum := range []struct {
		total *int64
		more  int64
	}{{&t.cycles, w.bits.passes() * s.RuntimeCycles}, {&t.macs, w.layer.MACs()}, {&t.offchipBytes, w.bits.offchipBytes(w.layer)}} {
		if float64(*sum.total)+float64(w.copies)*float64(sum.more) > 1<<62 {
			return errOverflow
		}
		*sum.total += w.copies * sum.more
	}
	t.energyMACs += float64(w.copies) * w.bits.energyMACs(s)
	t.l1Need, t.l2Need = max(t.l1Need, w.bits.bytes()*s.L1Bytes), max(t.l2Need, w.bits.bytes()*s.L2Bytes)
	return nil
}
