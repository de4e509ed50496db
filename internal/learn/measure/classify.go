package measure

// Classes counts the outcomes of a yes-or-no prediction.
type Classes struct {
	TruePositive, FalsePositive, TrueNegative, FalseNegative int
	Brier                                                    float64
}

// Classify says yes from a probability of 1/2 on.
func Classify(truth []bool, probability []float64) Classes {
	checkLengths(len(truth), len(probability))
	var c Classes
	for i, yes := range truth {
		p := probability[i]
		target := 0.0
		switch said := p >= 0.5; {
		case said && yes:
			c.TruePositive++
		case said:
			c.FalsePositive++
		case yes:
			c.FalseNegative++
		default:
			c.TrueNegative++
		}
		if yes {
			target = 1
		}
		c.Brier += (p - target) * (p - target)
	}
	c.Brier = c.Brier / float64(len(truth))
	return c
}

// F1 is the harmonic mean of precision and recall; NaN without a positive, true or said.
func (c Classes) F1() float64 {
	return quotient(2*float64(c.TruePositive), float64(2*c.TruePositive+c.FalsePositive+c.FalseNegative))
}

// PositiveFrac is the share of rows whose truth is yes.
func (c Classes) PositiveFrac() float64 {
	positive := c.TruePositive + c.FalseNegative
	return quotient(float64(positive), float64(positive+c.TrueNegative+c.FalsePositive))
}
