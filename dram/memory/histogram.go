package memory

import "math/bits"

// A histogram counts values exactly below 2·buckets, and above in buckets of which each is at most 1/buckets of its lower end wide.
const (
	bucketBits = 10
	buckets    = 1 << bucketBits
)

// Histogram collects latencies of one kind in clocks. The zero value is empty.
type Histogram struct {
	counts []int64
	n, sum int64
	max    int64
}

// Add counts a latency, at least 0.
func (h *Histogram) Add(clocks int64) {
	h.n++
	h.sum += clocks
	h.max = max(h.max, clocks)
	i := index(clocks)
	if i >= len(h.counts) {
		h.grow(i)
	}
	h.counts[i]++
}

// grow makes room for bucket i: at least doubled, so that the room is made a few times only.
func (h *Histogram) grow(i int) {
	counts := make([]int64, max(i+1, 2*len(h.counts), buckets))
	copy(counts, h.counts)
	h.counts = counts
}

// Merge adds the values of another histogram.
func (h *Histogram) Merge(other *Histogram) {
	if len(other.counts) > len(h.counts) {
		h.grow(len(other.counts) - 1)
	}
	for i, n := range other.counts {
		h.counts[i] += n
	}
	h.n += other.n
	h.sum += other.sum
	h.max = max(h.max, other.max)
}

// index is the bucket of a value: v below 2·buckets, then buckets of 2^shift values each.
func index(v int64) int {
	shift := max(bits.Len64(uint64(v))-bucketBits-1, 0)
	return shift<<bucketBits + int(v>>shift)
}

// lower is the smallest value of a bucket.
func lower(i int) int64 {
	if i < 2*buckets {
		return int64(i)
	}
	shift := i>>bucketBits - 1
	return int64(i-shift<<bucketBits) << shift
}

// Latency is the distribution of a latency, in clocks; all fields are 0 where nothing was counted.
type Latency struct {
	Count                           int64
	MeanCycles                      float64
	P50Cycles, P95Cycles, P99Cycles float64
	MaxCycles                       int64
}

// Latency sums the histogram up.
func (h *Histogram) Latency() Latency {
	if h.n == 0 {
		return Latency{}
	}
	return Latency{
		Count: h.n, MeanCycles: float64(h.sum) / float64(h.n), MaxCycles: h.max,
		P50Cycles: h.quantile(0.50), P95Cycles: h.quantile(0.95), P99Cycles: h.quantile(0.99),
	}
}

// quantile is the smallest value that at least the fraction q of the values do not exceed.
func (h *Histogram) quantile(q float64) float64 {
	rank := int64(q * float64(h.n))
	if float64(rank) < q*float64(h.n) {
		rank++
	}
	var seen int64
	for i, n := range h.counts {
		if seen += n; seen >= rank && seen > 0 {
			return float64(lower(i))
		}
	}
	return float64(h.max)
}
