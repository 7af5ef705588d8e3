import './design/index.css';
import {applyTheme} from './design/theme';
import './shell/app';

applyTheme();
