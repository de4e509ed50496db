// Package sampling spreads designs over a space: independent draws, Latin hypercubes and Sobol sequences, as agents and as the first
// population of others; and it remembers which designs were seen.
//
// Latin hypercubes and Sobol sequences live in the unit cube, one coordinate u an axis; the level of an axis with L levels is floor(u L),
// and the point is then made canonical, so that inactive axes are ignored. Repeats, which small spaces make likely, are replaced by uniform
// draws of unseen designs.
//
// # Latin hypercube
//
// n points such that each axis, cut into n equal parts, has one point in each part (M. D. McKay, R. J. Beckman and W. J. Conover,
// Technometrics 21, 1979); gonum's samplemv.LatinHypercube draws them. After n points comes another, independent hypercube.
// More than 10,000 points (MaxLatin) are the fewest equal hypercubes of at most so many, so that memory does not grow with the budget.
//
// # Sobol sequence
//
// Point i has the coordinates x = i_1 v_1 ⊕ i_2 v_2 ⊕ … over the binary digits of i (in Gray-code order: one ⊕ a point). For a primitive
// polynomial z^s + a_1 z^(s-1) + … + a_(s-1) z + 1 the direction numbers v_k = m_k / 2^k obey
//
//	v_k = a_1 v_(k-1) ⊕ … ⊕ a_(s-1) v_(k-s+1) ⊕ v_(k-s) ⊕ v_(k-s) / 2^s
//
// (I. M. Sobol, USSR Comput. Math. Math. Phys. 7, 1967; P. Bratley and B. L. Fox, ACM Trans. Math. Softw. 14, 1988). The first m_k of up to
// 64 axes are our own (sobol_table.go says how they were found); more axes are an error. The seed scrambles each axis by a random lower
// triangular matrix over its digits and a digital shift (J. Matoušek, J. Complexity 14, 1998), which keeps every stratification: of 2^m
// points each axis has one in each of 2^m equal parts.
//
// # Defaults
//
//	lhs    size  0 = the budget (see above for more than 10,000), or 64 when the budget is unknown
//
// Seen costs some 20 bytes a design and O(1) a question.
package sampling
