// Package agenttest proves that an agent keeps the contract of package agents.
package agenttest
