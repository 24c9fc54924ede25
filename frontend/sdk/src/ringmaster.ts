export { resolveEndpoints, type Endpoints } from './endpoints';
