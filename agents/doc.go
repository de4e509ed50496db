// Package agents holds the contracts of search: Agent proposes designs (ask and tell), Policy learns in environments (act and learn).
package agents
