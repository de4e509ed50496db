package trace

// burst is the size in bytes of one request of a generated trace.
const burst = 64

// formula streams the requests 0 to count-1 that at gives; x is the generator of the formulas that need one.
type formula struct {
	at    func(i uint64, x *lcg) Request
	x     lcg
	next  uint64
	count uint64
}

func (f *formula) Next() (Request, bool) {
	if f.next == f.count {
		return Request{}, false
	}
	r := f.at(f.next, &f.x)
	f.next++
	return r, true
}

func (*formula) Err() error { return nil }

// every is the arrival clock of request i where one comes every gap clocks.
func every(gap, i uint64) int64 { return int64(gap * i) }

// anywhere draws a request address below 1 GiB.
func anywhere(x uint64) uint64 { return burst * ((x >> 33) % (1 << 24)) }

// The eleven formulas of the reference traces, stated in the package comment.

func streamRead(i uint64, _ *lcg) Request {
	return Request{Cycle: every(10, i), Address: burst * i}
}

func streamSaturated(i uint64, _ *lcg) Request {
	return Request{Cycle: every(1, i), Address: burst * i}
}

func copying(i uint64, _ *lcg) Request {
	return Request{Cycle: every(10, i), Address: (i%2)*0x10000000 + burst*(i/2), Write: i%2 == 1}
}

func randomRead(_ uint64, x *lcg) Request {
	return Request{Address: anywhere(x.next())}
}

func randomReadSpaced(i uint64, x *lcg) Request {
	r := randomRead(i, x)
	r.Cycle = every(20, i)
	return r
}

func randomWrite(i uint64, x *lcg) Request {
	v := x.next()
	return Request{Cycle: every(20, i), Address: anywhere(v), Write: (v>>20)&3 != 0}
}

func pingPong(i uint64, gap uint64) Request {
	return Request{Cycle: every(gap, i), Address: (i%2)*131072 + burst*((i/2)%64)}
}

func pingPongSpaced(i uint64, _ *lcg) Request { return pingPong(i, 100) }

func pingPongSaturated(i uint64, _ *lcg) Request { return pingPong(i, 4) }

func bankInterleaved(i uint64, _ *lcg) Request {
	return Request{Cycle: every(4, i), Address: (i%8)*8192 + ((i/8)%128)*burst + (i/1024)*131072}
}

func bursty(i uint64, x *lcg) Request {
	j := i % 32
	if j == 0 {
		x.next()
	}
	return Request{Cycle: every(2000, i/32) + every(4, j), Address: (uint64(*x)>>33)%(1<<18)*4096 + burst*j}
}

func hotRow(i uint64, x *lcg) Request {
	v := x.next()
	return Request{
		Cycle:   every(8, i),
		Address: ((v>>37)&3)*131072 + ((v>>33)&15)*8192 + ((v>>40)&127)*burst,
		Write:   (v>>50)&3 == 0,
	}
}
