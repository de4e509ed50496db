package space

import "slices"

// Unrank appends to dst the order with the given lexicographic rank among the orders of 0..n-1: rank 0 is 0, 1, …, n-1.
// The rank must be in [0, n!).
func Unrank(dst []int, rank, n int) []int {
	var left [MaxPermuted]int
	for i := range n {
		left[i] = i
	}
	for size := n; size > 0; size-- {
		block := factorial(size - 1)
		at := rank / block
		rank %= block
		dst = append(dst, left[at])
		copy(left[at:], left[at+1:size])
	}
	return dst
}

// Rank is the lexicographic rank of an order of 0..len(order)-1; it is the inverse of Unrank.
func Rank(order []int) int {
	rank := 0
	for i, v := range order {
		smaller := 0
		for _, w := range order[i+1:] {
			if w < v {
				smaller++
			}
		}
		rank += smaller * factorial(len(order)-1-i)
	}
	return rank
}

// rank is the level of an order given by its labels; false when they are not exactly the axis' labels.
func (p Param) rank(names []string) (int, bool) {
	if len(names) != len(p.Labels) {
		return 0, false
	}
	order := make([]int, len(names))
	for i, name := range names {
		order[i] = slices.Index(p.Labels, name)
		if order[i] < 0 || slices.Contains(order[:i], order[i]) {
			return 0, false
		}
	}
	return Rank(order), true
}

func factorial(n int) int {
	f := 1
	for i := 2; i <= n; i++ {
		f *= i
	}
	return f
}
