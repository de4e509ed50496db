package genetic

// directions are points of the unit simplex, evenly spaced (I. Das and J. E. Dennis, SIAM J. Optim. 8, 1998): all whose coordinates are multiples of
// 1/divisions. With divisions 0 the outer layer has the most divisions such that no more than atMost points come, at least one; where these
// leave the middle empty, being fewer than the objectives, an inner layer half as wide follows if there is room.
func directions(objectives, divisions, atMost int) [][]float64 {
	if divisions > 0 {
		return layer(nil, objectives, divisions, 1)
	}
	outer := fitting(objectives, atMost)
	points := layer(nil, objectives, max(outer, 1), 1)
	if inner := fitting(objectives, atMost-len(points)); outer < objectives && inner > 0 {
		points = layer(points, objectives, inner, 0.5)
	}
	return points
}

// fitting is the most divisions whose layer has no more than atMost points; 0 when one division has more.
func fitting(objectives, atMost int) int {
	divisions := 0
	for divisions < maxDivisions && layerSize(objectives, divisions+1) <= min(atMost, maxDirections) {
		divisions++
	}
	return divisions
}

// layerSize is the number of points of a layer, (objectives+divisions-1 over divisions); maxDirections+1 stands for anything more.
func layerSize(objectives, divisions int) int {
	count := 1
	for k := 1; k <= min(objectives-1, divisions); k++ {
		if count = count * (objectives + divisions - k) / k; count > maxDirections {
			return maxDirections + 1
		}
	}
	return count
}

// layer appends the points, moved towards the middle of the simplex so that it is wide times as wide.
func layer(points [][]float64, objectives, divisions int, wide float64) [][]float64 {
	parts := make([]int, objectives)
	var fill func(at, left int)
	fill = func(at, left int) {
		if at == objectives-1 {
			parts[at] = left
			point := make([]float64, objectives)
			for i, part := range parts {
				point[i] = wide*float64(part)/float64(divisions) + (1-wide)/float64(objectives)
			}
			points = append(points, point)
			return
		}
		for parts[at] = 0; parts[at] <= left; parts[at]++ {
			fill(at+1, left-parts[at])
		}
	}
	fill(0, divisions)
	return points
}
